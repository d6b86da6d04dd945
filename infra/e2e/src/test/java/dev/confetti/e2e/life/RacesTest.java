package dev.confetti.e2e.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.gift.Http.Response;
import dev.confetti.gift.bank.FakeBank;
import dev.confetti.ledger.journal.HledgerJournal.Amount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

/** Two things at once of which only one can be: in whichever order, never both and never half. */
@TestMethodOrder(OrderAnnotation.class)
class RacesTest extends LifeCases {
    /**
     * A viewer with two lots of 1,000 coins sends 7 at a time, from eight places, while the bank
     * takes the first lot's money back. However they meet: what was spent of the first lot and what
     * was frozen is all of it. When the dispute is won the rest can be spent, here up to 1,995
     * coins in all: the first lot's 10.00 and 0.59, and 9.95 and 0.58705 of the second's.
     */
    @Test
    @Order(1)
    void coinsAreSpentOrFrozenAndNeverBoth() throws Exception {
        beginOn("2026-08-01");
        Viewer viewer = new Viewer(stage, "v-7");
        String liveId = new Creator(stage, "c-7").live();
        UUID disputed = bought(viewer);
        bought(viewer);
        long before = ledger.awaitAll();

        Map<Long, Response> sentAt = new TreeMap<>();
        for (Response answer : sentWhileDisputed(viewer, liveId, disputed)) {
            if (answer.status() == 201) {
                sentAt.put(answer.number("position"), answer);
            } else {
                assertRefused(answer, 409, "insufficient-coins");
                assertThat(answer.number("needed")).isEqualTo(7);
                assertThat(answer.number("spendable")).isBetween(0L, 6L);
            }
        }
        ledger.awaitAll();
        TwoLots lots = new TwoLots();
        for (JsonNode entry : ledger.all("/entries?from=position:" + (before + 1), "entries")) {
            if (entry.path("type").asString().equals("confetti.chargeback-opened.v1")) {
                lots.freeze();
                continue;
            }
            assertThat(coinsByLot(entry)).as(entry.toString()).isEqualTo(lots.spend(7));
            Response answer =
                    Objects.requireNonNull(sentAt.remove(entry.path("position").asLong()));
            assertThat(answer.number("spendable")).as(answer.toString()).isEqualTo(lots.left());
            assertThat(lots.left()).isNotNegative();
        }
        assertThat(sentAt).isEmpty();
        viewer.assertCoins(ledger, lots.left(), 0, lots.frozen(), 0);

        viewer.shop().disputeWon(disputed, GROSS_MINOR);
        viewer.assertCoins(ledger, lots.left() + lots.frozen(), 0, 0, 0);
        viewer.sent(liveId, Math.toIntExact(lots.left() + lots.frozen() - 5));
        Response last = viewer.sends("last", liveId, 7);
        assertRefused(last, 409, "insufficient-coins");
        assertThat(last.number("spendable")).isEqualTo(5);
        viewer.assertCoins(ledger, 5, 0, 0, 0);
        ledger.assertMoved(
                before,
                """
                2026-08-01 all of it
                    viewer:v-7:coin:paid          1995 COIN
                    coin:consumed:paid            -1995 COIN
                    diamond:issued                997.5000 DIAMOND
                    creator:c-7:diamond:pending   -997.5000 DIAMOND
                    2010:contract-liability       19.950000 USD
                    4010:gift-revenue             -19.950000 USD
                    5020:channel-commission       1.177050 USD
                    1060:deferred-commission      -1.177050 USD
                    5010:creator-share            9.975000 USD
                    2110:creator-payable:pending  -9.975000 USD
                    5030:chargeback-cost          15.000000 USD
                    1020:receivable:psp           -15.000000 USD
                """);
    }

    /** Of 288 sends; after the fifth the bank disputes a purchase. */
    private static List<Response> sentWhileDisputed(Viewer viewer, String liveId, UUID purchase)
            throws Exception {
        CountDownLatch fiveSent = new CountDownLatch(5);
        List<Callable<List<Response>>> sendersAndBank = new ArrayList<>();
        for (int sender = 0; sender < 8; sender++) {
            String key = "race-" + sender + "-";
            sendersAndBank.add(
                    () -> {
                        List<Response> answers = new ArrayList<>();
                        for (int i = 0; i < 36; i++) {
                            answers.add(viewer.sends(key + i, liveId, 7));
                            fiveSent.countDown();
                        }
                        return answers;
                    });
        }
        sendersAndBank.add(
                () -> {
                    assertThat(fiveSent.await(1, TimeUnit.MINUTES)).isTrue();
                    viewer.shop().disputed(purchase, GROSS_MINOR);
                    return List.of();
                });
        return AtOnce.done(sendersAndBank).stream().flatMap(List::stream).toList();
    }

    private static List<Long> coinsByLot(JsonNode entry) {
        List<Long> coins = new ArrayList<>();
        entry.path("lots").forEach(each -> coins.add(each.path("coins").asLong()));
        return coins;
    }

    /**
     * Eight payouts of 200 diamonds: 2.00, of which 1.55 go to the bank. One creator after the
     * other is held, and after the second three batches are asked for at once; the last two are
     * held only when one of them was made. A payout is sent when its batch is before its hold in
     * the log, else it waits: the first two always wait, the last two are always sent, the others
     * race. After the holds another batch takes the rest, and all 12.40 leave the bank.
     */
    @Test
    @Order(2)
    void aPayoutIsInTheBatchOrHeldAndNeverHalf() throws Exception {
        beginOn("2026-09-01");
        Viewer viewer = new Viewer(stage, "v-8");
        List<Creator> creators =
                IntStream.range(0, 8).mapToObj(i -> new Creator(stage, "c-8-" + i)).toList();
        creators.forEach(each -> earn(viewer, each.live(), 400));
        stage.at("2026-09-09T12:00");
        creators.forEach(each -> each.awaitAvailable("200.0000"));
        Map<Creator, String> payouts = new TreeMap<>(Comparator.comparing(Creator::id));
        creators.forEach(each -> payouts.put(each, each.payouts(staff).approved("200")));
        PayoutDesk desk = creators.getFirst().payouts(staff);
        long before = ledger.awaitAll();

        CountDownLatch held = new CountDownLatch(2);
        CountDownLatch batched = new CountDownLatch(1);
        List<Callable<List<Response>>> staffAtWork = new ArrayList<>();
        staffAtWork.add(
                () -> {
                    List<Response> holds = new ArrayList<>();
                    for (Creator each : creators) {
                        if (holds.size() == 6) {
                            assertThat(batched.await(1, TimeUnit.MINUTES)).isTrue();
                        }
                        holds.add(hold(each, "hold", staff.maker()));
                        held.countDown();
                    }
                    return holds;
                });
        for (int i = 0; i < 3; i++) {
            staffAtWork.add(
                    () -> {
                        assertThat(held.await(1, TimeUnit.MINUTES)).isTrue();
                        Response answer = batch();
                        if (answer.status() == 201) {
                            batched.countDown();
                        }
                        return List.of(answer);
                    });
        }
        List<List<Response>> answers = AtOnce.done(staffAtWork);
        assertThat(answers.getFirst()).allMatch(answer -> answer.status() == 200);
        ledger.awaitAll();

        List<Response> batches = new ArrayList<>();
        for (Response answer : answers.stream().skip(1).flatMap(List::stream).toList()) {
            if (answer.status() == 201) {
                batches.add(answer);
            } else {
                assertRefused(answer, 409, "nothing-to-pay");
            }
        }
        assertThat(batches).hasSize(1);
        long batchedAt = batches.getFirst().number("position");
        List<String> sent = new ArrayList<>();
        payouts.forEach(
                (creator, payoutId) -> {
                    JsonNode payout = desk.payout(payoutId).json();
                    boolean isBefore = batchedAt < creator.heldAt();
                    assertThat(payout.path("status").asString())
                            .as(payout.toString())
                            .isEqualTo(isBefore ? "sent" : "approved");
                    assertThat(payout.has("batchId")).isEqualTo(isBefore);
                    assertThat(creator.earnings().path("payoutsHeld").asBoolean()).isTrue();
                    if (isBefore) {
                        sent.add(creator.id());
                    }
                });
        assertThat(sent).doesNotContain("c-8-0", "c-8-1").contains("c-8-6", "c-8-7");
        assertThat(sentSince(before)).containsExactlyInAnyOrderElementsOf(sent);

        creators.forEach(each -> hold(each, "resume", staff.checker()));
        batches.add(batch());
        assertThat(batches.getLast().number("payouts")).isEqualTo(8L - sent.size());
        for (Response batch : batches) {
            FakeBank bank = desk.bankWith(batch);
            assertThat(bank.endToEndIds()).hasSize((int) batch.number("payouts"));
            desk.settled(bank);
        }
        payouts.values().forEach(payoutId -> desk.assertStatus(payoutId, "settled"));
        ledger.awaitAll();
        assertThat(sentSince(before))
                .containsExactlyInAnyOrderElementsOf(creators.stream().map(Creator::id).toList());
        ledger.assertMoved(
                before,
                """
                2026-09-09 all of it
                    diamond:redeemed                  -1600.0000 DIAMOND
                    creator:c-8-0:diamond:reserved    200.0000 DIAMOND
                    creator:c-8-1:diamond:reserved    200.0000 DIAMOND
                    creator:c-8-2:diamond:reserved    200.0000 DIAMOND
                    creator:c-8-3:diamond:reserved    200.0000 DIAMOND
                    creator:c-8-4:diamond:reserved    200.0000 DIAMOND
                    creator:c-8-5:diamond:reserved    200.0000 DIAMOND
                    creator:c-8-6:diamond:reserved    200.0000 DIAMOND
                    creator:c-8-7:diamond:reserved    200.0000 DIAMOND
                    2131:payout:approved              12.400000 USD
                    1010:bank                         -12.400000 USD
                """);
    }

    private static Response hold(Creator creator, String what, String token) {
        Response answer =
                stage.http()
                        .post(
                                "/v1/creators/" + creator.id() + "/payouts/" + what,
                                token,
                                null,
                                Map.of("reason", "a look at the account"));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer;
    }

    private static Response batch() {
        return stage.http().post("/v1/payout-batches", staff.maker(), stage.next("batch-"), null);
    }

    /** The creators whose payouts were sent, each once, by the accounts of the entries. */
    private static List<String> sentSince(long before) {
        return ledger.since(before).stream()
                .filter(entry -> entry.description().equals("confetti.payout-sent.v1"))
                .flatMap(entry -> entry.postings().stream())
                .map(Amount::account)
                .filter(account -> account.startsWith("creator:"))
                .map(account -> account.split(":", 3)[1])
                .toList();
    }
}
