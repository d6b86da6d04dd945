package dev.confetti.gift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confetti.engines.PostgresEndpoint;
import dev.confetti.engines.TestEngines;
import dev.confetti.events.EventCodec;
import dev.confetti.events.LogRecord;
import dev.confetti.gift.Http.Response;
import dev.confetti.gift.command.EventTexts;
import dev.confetti.gift.earning.CreatorCommand;
import dev.confetti.gift.earning.CreatorCommand.ReturnPayout;
import dev.confetti.gift.earning.CreatorCommand.SendPayout;
import dev.confetti.gift.earning.CreatorCommand.SettlePayout;
import dev.confetti.gift.earning.CreatorDecision.Accepted;
import dev.confetti.gift.earning.Creators;
import dev.confetti.gift.earning.EarningsClerk;
import dev.confetti.gift.log.EventLog;
import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.log.LogVerifier;
import dev.confetti.gift.people.LockedRecords;
import dev.confetti.gift.publishing.NamesAndTexts;
import dev.confetti.gift.purchase.Chargebacks;
import dev.confetti.gift.purchase.Chargebacks.Dispute;
import dev.confetti.gift.signin.Persons;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Persons whose names and texts are sealed, and who are forgotten; two instances on one log. */
class PeopleTest {
    private static final String IBAN = "DE89370400440532013000";

    /** The first 8 bytes of the SHA-256 of 32 zeros. */
    private static final String NAME_OF_ZEROS = "66687aadf862bd77";

    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final SetClock clock = SetClock.nearNow();

    private static PostgresEndpoint postgres;
    private static RunningService service;
    private static RunningService other;
    private static Http http;
    private static String finance;
    private static String admin;
    private static String viewer;

    private String id = "";
    private String person = "";
    private String holder = "";

    @BeforeAll
    static void start() {
        postgres = TestEngines.freshPostgres();
        String[] settings = {
            "confetti.earnings.every=1h",
            "confetti.policy.earningsHold=PT0S",
            "confetti.policy.payoutMinimumDiamonds=1",
            "confetti.policy.payoutRecordsKept=P10Y",
            "confetti.policy.sendsPerSecond=1000",
            "confetti.policy.publisherLease=PT10M"
        };
        service = RunningService.start(postgres, clock, settings);
        other = RunningService.start(postgres, clock, settings);
        http = service.http();
        finance = service.token("fin", "finance");
        admin = service.token("admin", "admin");
        viewer = service.token("fan", "viewer");
        service.grant(admin, "fan", 1_000_000);
    }

    @AfterAll
    static void stop() {
        other.close();
        service.close();
    }

    @BeforeEach
    void freshPerson() {
        id = "someone-" + NUMBERS.incrementAndGet() + "x";
        person = service.token(id, "creator", "viewer");
        holder = "Holder of " + id;
    }

    private static Response forget(String id, String token) {
        return service.http().call("DELETE", "/v1/people/" + id, token, null, "", null);
    }

    private Response forgotten() {
        Response answer = forget(id, person);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer;
    }

    private String liveWithTitle() {
        Response created =
                http.post(
                        "/v1/lives",
                        person,
                        null,
                        Map.of("title", "Title of " + id, "tags", List.of("tag-of-" + id)));
        assertThat(created.status()).isEqualTo(201);
        return created.text("liveId");
    }

    private String payout() {
        String liveId = service.activeLive(person);
        service.send(viewer, "s" + NUMBERS.incrementAndGet(), liveId, "ant", 40);
        clock.advance(Duration.ofSeconds(2));
        service.bean(EarningsClerk.class).work();
        service.bean(EarningsClerk.class).work();
        Response requested = requestPayout("k" + NUMBERS.incrementAndGet());
        assertThat(requested.status()).as(requested.toString()).isEqualTo(201);
        http.post("/v1/lives/" + liveId + "/end", person, null, null);
        return requested.text("payoutId");
    }

    private Response requestPayout(String key) {
        return http.post(
                "/v1/payouts",
                person,
                key,
                Map.of("diamonds", "20", "destination", Map.of("iban", IBAN, "name", holder)));
    }

    private static void decide(String payoutId, String how, Map<String, String> body) {
        Response decided = http.post("/v1/payouts/" + payoutId + "/" + how, finance, null, body);
        assertThat(decided.status()).as(decided.toString()).isEqualTo(200);
    }

    private void atTheBank(CreatorCommand command) {
        assertThat(service.bean(Creators.class).perform(command)).isInstanceOf(Accepted.class);
    }

    private void settle(String payoutId) {
        UUID payout = UUID.fromString(payoutId);
        decide(payoutId, "approve", Map.of());
        atTheBank(
                new SendPayout(UUID.randomUUID(), clock.instant(), id, payout, UUID.randomUUID()));
        atTheBank(
                new SettlePayout(
                        UUID.randomUUID(),
                        clock.instant(),
                        id,
                        payout,
                        20,
                        0,
                        "USD",
                        UUID.randomUUID()));
    }

    private void giveBack(String payoutId) {
        atTheBank(
                new ReturnPayout(
                        UUID.randomUUID(),
                        clock.instant(),
                        id,
                        UUID.fromString(payoutId),
                        20,
                        0,
                        true,
                        "USD",
                        UUID.randomUUID(),
                        "AC04"));
    }

    private static List<String> tablesWith(String text) throws SQLException {
        return PlainScan.tablesWith(postgres, text);
    }

    private static void sql(String statement) throws SQLException {
        try (Connection connection = service.bean(GiftDatabase.class).dataSource().getConnection();
                Statement run = connection.createStatement()) {
            run.execute(statement);
        }
    }

    /** What an instance's relay would publish of an event. */
    private static String published(RunningService instance, LogRecord row) {
        NamesAndTexts enrichment =
                new NamesAndTexts(instance.bean(Persons.class), instance.bean(EventTexts.class));
        return new String(
                enrichment.enrich(List.of(row)).getFirst().addedTo(row.payload()),
                StandardCharsets.UTF_8);
    }

    private static LogRecord row(long position) {
        EventLog log = service.bean(EventLog.class);
        return log.recent().after(position - 1, 1).getFirst();
    }

    private static String nameOf(RunningService instance, String id) {
        return String.valueOf(instance.bean(Persons.class).names(Set.of(id)).get(id));
    }

    @Test
    void noTableHoldsANameABankAccountOrAReasonInPlainText() throws SQLException {
        String liveId = liveWithTitle();
        String payoutId = payout();
        decide(payoutId, "reject", Map.of("reason", "Reason of " + id));

        JsonNode live = http.get("/v1/lives/" + liveId, null).json();
        assertThat(live.get("title").stringValue()).isEqualTo("Title of " + id);
        assertThat(live.get("tags").get(0).stringValue()).isEqualTo("tag-of-" + id);
        assertThat(live.get("creatorName").stringValue()).isEqualTo("Name of " + id);
        JsonNode destination =
                http.get("/v1/payouts/" + payoutId, person).json().get("destination");
        assertThat(destination.toString())
                .isEqualTo("{\"iban\":\"" + IBAN + "\",\"name\":\"" + holder + "\"}");
        for (String secret :
                List.of(
                        "Name of " + id,
                        "Title of " + id,
                        "tag-of-" + id,
                        "Reason of " + id,
                        IBAN,
                        holder)) {
            assertThat(tablesWith(secret)).as(secret).isEmpty();
        }
        // The scan finds what is there.
        assertThat(tablesWith(id)).contains("event_log", "live", "payout", "person_key");
    }

    @Test
    void ofAForgottenPersonOnlyTheIdIsLeftAndAgainIsTheSameAnswer() throws SQLException {
        String liveId = liveWithTitle();
        service.grant(admin, id, 10);
        Response sent = service.send(person, "g", service.activeLive(admin()), "ant", 1);
        LogRecord gift = row(sent.number("position"));
        assertThat(published(service, gift)).contains("\"viewerName\":\"Name of " + id + "\"");
        String payoutId = payout();
        decide(payoutId, "reject", Map.of("reason", "no"));

        Response answer = forgotten();

        assertThat(answer.text("personId")).isEqualTo(id);
        assertThat(answer.text("forgottenAt")).isEqualTo(clock.instant().toString());
        assertThat(answer.number("payoutRecordsKept")).isZero();
        assertThat(answer.json().has("keptUntil")).isFalse();
        clock.advance(Duration.ofSeconds(1));
        assertThat(forget(id, person).body()).isEqualTo(answer.body());
        assertThat(forget(id, admin).body()).isEqualTo(answer.body());
        JsonNode live = http.get("/v1/lives/" + liveId, null).json();
        assertThat(live.get("title").stringValue()).isEmpty();
        assertThat(live.get("tags").size()).isZero();
        assertThat(live.get("creatorName").stringValue()).isEqualTo(id);
        assertThat(live.get("state").stringValue()).isEqualTo("ended");
        assertThat(http.get("/v1/lives?limit=1000", null).body()).doesNotContain("Title of " + id);
        assertThat(published(service, gift)).contains("\"viewerName\":\"" + id + "\"");
        assertThat(http.get("/v1/payouts/" + payoutId, finance).json().has("destination"))
                .isFalse();
        // Coins stay, and so does the log.
        assertThat(http.get("/v1/wallet", person).number("spendable")).isEqualTo(9);
        assertThat(new LogVerifier(service.bean(GiftDatabase.class).dataSource()).verify().holds())
                .isTrue();
    }

    private String admin() {
        return service.token("stage", "creator");
    }

    @Test
    void whileAPayoutIsUnderWayItsPersonIsNotForgotten() {
        String payoutId = payout();
        UUID payout = UUID.fromString(payoutId);

        Response requested = forget(id, person);
        assertThat(requested.status()).isEqualTo(409);
        assertThat(requested.problem()).isEqualTo("payouts-open");
        assertThat(requested.number("openPayouts")).isEqualTo(1);
        decide(payoutId, "approve", Map.of());
        assertThat(forget(id, person).problem()).isEqualTo("payouts-open");
        atTheBank(
                new SendPayout(UUID.randomUUID(), clock.instant(), id, payout, UUID.randomUUID()));
        assertThat(forget(id, person).problem()).isEqualTo("payouts-open");
        assertThat(http.get("/v1/payouts/" + payoutId, person).body()).contains(IBAN);
    }

    @Test
    void theLawsRecordsAreKeptForFinanceAloneUntilTheirPeriodEnds() throws SQLException {
        String settled = payout();
        settle(settled);
        String returned = payout();
        settle(returned);
        giveBack(returned);
        String rejected = payout();
        decide(rejected, "reject", Map.of("reason", "no"));
        Instant keptUntil =
                clock.instant()
                        .atOffset(ZoneOffset.UTC)
                        .withDayOfYear(1)
                        .truncatedTo(ChronoUnit.DAYS)
                        .plusYears(11)
                        .toInstant();

        Response answer = forgotten();

        assertThat(answer.number("payoutRecordsKept")).isEqualTo(2);
        assertThat(answer.text("keptUntil")).isEqualTo(keptUntil.toString());
        for (String each : List.of(settled, returned)) {
            JsonNode seen = http.get("/v1/payouts/" + each, finance).json().get("destination");
            assertThat(seen.get("iban").stringValue()).isEqualTo(IBAN);
            assertThat(seen.get("name").stringValue()).isEqualTo(holder);
            assertThat(seen.get("lockedUntil").stringValue()).isEqualTo(keptUntil.toString());
            assertThat(http.get("/v1/payouts/" + each, person).json().has("destination")).isFalse();
        }
        assertThat(http.get("/v1/payouts/" + rejected, finance).body()).doesNotContain(IBAN);
        assertThat(http.get("/v1/payouts?creatorId=" + id, finance).body()).contains(IBAN);
        assertThat(http.get("/v1/payouts", person).body()).doesNotContain(IBAN);
        // Also finance staff do not see their own ones.
        assertThat(
                        http.get(
                                        "/v1/payouts?creatorId=" + id,
                                        service.token(id, "creator", "finance"))
                                .body())
                .doesNotContain(IBAN);
        assertThat(tablesWith(IBAN)).isEmpty();

        Instant now = clock.instant();
        try {
            LockedRecords records = service.bean(LockedRecords.class);
            clock.set(keptUntil);
            // The database's clock does not say so.
            assertThat(records.shredDue()).isZero();
            Instant past = keptUntil.atOffset(ZoneOffset.UTC).minusYears(20).toInstant();
            clock.set(past.minusSeconds(1));
            sql(
                    "update domain.person_key set locked_until = '"
                            + past
                            + "' where record_id in ('"
                            + settled
                            + "', '"
                            + returned
                            + "')");
            assertThat(records.shredDue()).isZero();
            clock.set(past);
            assertThat(records.shredDue()).isEqualTo(2);
        } finally {
            clock.set(now);
        }
        assertThat(http.get("/v1/payouts?creatorId=" + id, finance).body()).doesNotContain(IBAN);
        assertThat(forget(id, person).number("payoutRecordsKept")).isZero();
    }

    @Test
    void whileAPurchaseIsDisputedItsBuyerIsNotForgotten() {
        Response bought =
                http.post(
                        "/v1/coin-purchases",
                        person,
                        "b",
                        Map.of("packageId", "coins-660", "provider", "sandbox"));
        Dispute dispute =
                new Dispute(UUID.fromString(bought.text("purchaseId")), "dp", 999, 1_500, "USD");
        Chargebacks chargebacks = service.bean(Chargebacks.class);
        chargebacks.open("sandbox", dispute);

        Response refused = forget(id, person);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.problem()).isEqualTo("disputes-open");
        assertThat(refused.number("openDisputes")).isEqualTo(1);
        chargebacks.close("sandbox", dispute, true);
        forgotten();
        // What was bought is nobody's name.
        assertThat(http.get("/v1/coin-purchases/" + bought.text("purchaseId"), finance).body())
                .contains("coins-660");
    }

    @Test
    void aTokenFromBeforeTeachesNoNameAndASignInAfterDoes() {
        http.get("/v1/wallet", person);
        assertThat(nameOf(service, id)).isEqualTo("Name of " + id);
        forgotten();

        http.get("/v1/wallet", person);
        other.http().get("/v1/wallet", person);
        assertThat(nameOf(service, id)).isEqualTo(id);
        // An issuer's clock may be a minute ahead of ours.
        clock.advance(Duration.ofSeconds(60));
        http.get("/v1/wallet", service.token(id, "viewer"));
        other.http().get("/v1/wallet", service.token(id, "viewer"));
        assertThat(nameOf(service, id)).isEqualTo(id);
        clock.advance(Duration.ofSeconds(1));
        String later = service.token(id, "viewer");
        http.get("/v1/wallet", later);

        assertThat(nameOf(service, id)).isEqualTo("Name of " + id);
        // Forgotten again, there is a second event, and nothing of the first key's.
        Response again = forget(id, later);
        assertThat(again.text("forgottenAt")).isEqualTo(clock.instant().toString());
        assertThat(service.bean(EventLog.class).lastSequence("person", id)).hasValue(1);
    }

    @Test
    void anotherInstanceForgetsWithinSecondsAndItsRelayAtOnce() {
        http.get("/v1/wallet", person);
        service.grant(admin, id, 10);
        String liveId = service.activeLive(admin());
        service.send(person, "g1", liveId, "ant", 1);
        assertThat(nameOf(other, id)).isEqualTo("Name of " + id);

        Response answer = forgotten();
        long position = service.bean(EventLog.class).head();
        Response after = service.send(person, "g2", liveId, "ant", 1);
        assertThat(after.number("position")).isEqualTo(position + 1);

        assertThat(EventCodec.decode(row(position).type(), row(position).payload()).key())
                .isEqualTo(answer.text("personId"));
        // It still has the name in memory, until it comes to the event itself.
        assertThat(nameOf(other, id)).isEqualTo("Name of " + id);
        published(other, row(position));
        assertThat(published(other, row(position + 1))).contains("\"viewerName\":\"" + id + "\"");
        assertThat(nameOf(other, id)).isEqualTo(id);
    }

    @Test
    void onlyOneselfOrAnAdminAndAnUnknownIdHasNoEffect() {
        assertThat(forget(id, viewer).problem()).isEqualTo("forbidden");
        assertThat(forget(id, finance).problem()).isEqualTo("forbidden");
        assertThat(http.call("DELETE", "/v1/people/" + id, null, null, "", null).status())
                .isEqualTo(401);
        Response bad = forget("a.b", admin);
        assertThat(bad.status()).isEqualTo(400);
        assertThat(bad.problem()).isEqualTo("malformed-request");
        long head = service.bean(EventLog.class).head();

        Response nobody = forget("nobody-at-all", admin);

        assertThat(nobody.body())
                .isEqualTo("{\"personId\":\"nobody-at-all\",\"payoutRecordsKept\":0}");
        assertThat(service.bean(EventLog.class).head()).isEqualTo(head);
    }

    private static Response visibility(String id, String token) {
        return http.get("/v1/people/" + id + "/board-visibility", token);
    }

    private static Response hide(String id, String token, Object hidden) {
        return http.put("/v1/people/" + id + "/board-visibility", token, Map.of("hidden", hidden));
    }

    @Test
    void whoHidesOnBoardsIsRecordedOncePerChange() throws Exception {
        EventLog log = service.bean(EventLog.class);
        assertThat(visibility(id, person).body())
                .isEqualTo("{\"personId\":\"" + id + "\",\"hidden\":false}");
        assertThat(hide(id, person, false).status()).isEqualTo(200);
        assertThat(log.lastSequence("board-visibility", id)).isEmpty();

        Response hidden = hide(id, person, true);
        assertThat(hidden.status()).as(hidden.body()).isEqualTo(200);
        assertThat(hidden.body()).isEqualTo("{\"personId\":\"" + id + "\",\"hidden\":true}");
        hide(id, person, true);
        assertThat(log.lastSequence("board-visibility", id)).hasValue(0);
        assertThat(visibility(id, admin).body()).isEqualTo(hidden.body());
        assertThat(other.http().get("/v1/people/" + id + "/board-visibility", person).body())
                .isEqualTo(hidden.body());

        LogRecord record = row(log.head());
        assertThat(record.type()).isEqualTo("confetti.board-visibility-changed.v1");
        assertThat(new String(record.payload(), StandardCharsets.UTF_8))
                .contains("true", "\"" + id + "\"");
        assertThat(hide(id, admin, false).status()).isEqualTo(200);
        assertThat(log.lastSequence("board-visibility", id)).hasValue(1);
        assertThat(visibility(id, person).body()).contains("\"hidden\":false");
        // Several at once: one of them records it, all get the answer.
        try (ExecutorService several = Executors.newFixedThreadPool(8)) {
            Callable<Response> again = () -> hide(id, person, true);
            for (Future<Response> answer : several.invokeAll(Collections.nCopies(8, again))) {
                assertThat(answer.get().status()).isEqualTo(200);
            }
        }
        assertThat(log.lastSequence("board-visibility", id)).hasValue(2);
    }

    @Test
    void onlyOneselfOrAnAdminHidesAPersonAndOnlyByATruthValue() {
        for (String token : List.of(viewer, finance)) {
            assertThat(hide(id, token, true).problem()).isEqualTo("forbidden");
            assertThat(hide(id, token, "no truth value").problem()).isEqualTo("forbidden");
            assertThat(visibility(id, token).problem()).isEqualTo("forbidden");
        }
        assertThat(visibility("a.b", admin).problem()).isEqualTo("malformed-request");
        for (Object wrong : List.of("true", 1, List.of())) {
            assertThat(hide(id, person, wrong).problem()).isEqualTo("malformed-request");
        }
        assertThat(http.put("/v1/people/" + id + "/board-visibility", person, Map.of()).problem())
                .isEqualTo("malformed-request");
        assertThat(service.bean(EventLog.class).lastSequence("board-visibility", id)).isEmpty();
    }

    @Test
    void aChangedRowIsPassedOverAndTheRelayGoesOn() throws SQLException {
        http.get("/v1/wallet", person);
        service.grant(admin, id, 10);
        LogRecord granted = row(service.bean(EventLog.class).head());
        Response sent = service.send(person, "g", service.activeLive(admin()), "ant", 1);
        assertThat(published(other, granted)).contains("\"reason\":\"for a test\"");

        sql(
                "update domain.event_text set sealed = set_byte(sealed, 20, get_byte(sealed, 20) # 1)"
                        + " where event_id = '"
                        + granted.eventId()
                        + "'");
        sql(
                "update domain.person set sealed = set_byte(sealed, 20, get_byte(sealed, 20) # 1)"
                        + " where person_id = '"
                        + id
                        + "'");

        assertThat(published(other, granted)).doesNotContain("reason");
        assertThat(published(other, row(sent.number("position"))))
                .contains("\"viewerName\":\"" + id + "\"");
    }

    @Test
    void aPayoutThatIsRequestedMeanwhileKeepsItsAccountOrComesAfter() throws Exception {
        for (int round = 0; round < 6; round++) {
            freshPerson();
            String liveId = service.activeLive(person);
            service.send(viewer, "s" + NUMBERS.incrementAndGet(), liveId, "ant", 40);
            clock.advance(Duration.ofSeconds(2));
            service.bean(EarningsClerk.class).work();
            service.bean(EarningsClerk.class).work();
            String key = "k" + NUMBERS.incrementAndGet();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<Response> requested = threads.submit(() -> requestPayout(key));
                Future<Response> forgotten = threads.submit(() -> forget(id, person));
                assertThat(requested.get().status()).isEqualTo(201);
                assertThat(forgotten.get().status()).isIn(200, 409);
                assertThat(
                                http.get("/v1/payouts/" + requested.get().text("payoutId"), person)
                                        .body())
                        .contains(IBAN);
            }
        }
    }

    @Test
    void aRepeatOfARequestWhoseTextsAreForgottenIsStillARepeat() {
        String liveId = service.activeLive(person);
        service.send(viewer, "s" + NUMBERS.incrementAndGet(), liveId, "ant", 40);
        clock.advance(Duration.ofSeconds(2));
        service.bean(EarningsClerk.class).work();
        service.bean(EarningsClerk.class).work();
        Response first = requestPayout("once");
        decide(first.text("payoutId"), "reject", Map.of("reason", "no"));
        forgotten();

        Response again = requestPayout("once");

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
    }

    @Test
    void whileTextsOfAnEarlierVersionAreBeingSealedNobodyIsForgotten() throws SQLException {
        sql("insert into domain.plain_table (name) values ('event_text')");
        try {
            Response early = forget(id, person);
            assertThat(early.status()).isEqualTo(503);
            assertThat(early.problem()).isEqualTo("unavailable");
        } finally {
            sql("delete from domain.plain_table");
        }
        forgotten();
    }

    @Test
    void theDatabasesOwnMasterKeyIsReplacedByOneThatIsSetAndMustNotBeMissedThen() throws Exception {
        PostgresEndpoint database = TestEngines.freshPostgres();
        String set =
                "confetti.people.master-key=" + Base64.getEncoder().encodeToString(new byte[32]);
        try (RunningService first = RunningService.start(database)) {
            first.http().get("/v1/wallet", first.token("ann", "viewer"));
        }
        try (RunningService second = RunningService.start(database, set)) {
            assertThat(nameOf(second, "ann")).isEqualTo("Name of ann");
            Eventually.until(
                    "the key is wrapped anew",
                    () -> count(second, "where master <> '" + NAME_OF_ZEROS + "'") == 0);
            assertThat(count(second, "")).isPositive();
        }
        assertThatThrownBy(() -> RunningService.start(database).close())
                .rootCause()
                .hasMessageStartingWith(
                        "confetti.people.master-key: keys of persons are wrapped by")
                .hasMessageContaining(NAME_OF_ZEROS);
        assertThatThrownBy(
                        () -> RunningService.start(database, "confetti.people.master-key=c2hvcnQ="))
                .rootCause()
                .hasMessage(
                        "confetti.people.master-key: a master key of 5 bytes: expected 32 bytes in"
                                + " base64, several keys by commas");
    }

    private static long count(RunningService instance, String where) {
        try (Connection connection =
                        instance.bean(GiftDatabase.class).dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("select count(*) from domain.person_key " + where)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
