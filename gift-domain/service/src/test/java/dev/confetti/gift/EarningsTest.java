package dev.confetti.gift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confetti.events.CreatorEvent.EarningsReleased;
import dev.confetti.events.Diamonds;
import dev.confetti.events.EventCodec;
import dev.confetti.events.GiftEvent.GiftReversed;
import dev.confetti.gift.Http.Response;
import dev.confetti.gift.earning.Creator;
import dev.confetti.gift.earning.Creators;
import dev.confetti.gift.earning.Due;
import dev.confetti.gift.earning.EarningsBook;
import dev.confetti.gift.earning.Hold;
import dev.confetti.gift.log.EventLog;
import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.log.NewEvent;
import dev.confetti.gift.log.OutdatedAppendException;
import dev.confetti.gift.wallet.Wallet;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Earnings from gift to release, on a clock that the tests set; held ten minutes, by 6 s slots. */
class EarningsTest {
    private static final SetClock clock = SetClock.nearNow();

    private static EarningsStage stage;
    private static RunningService service;
    private static Http http;
    private static String viewer;
    private static String finance;

    private String creatorId = "";
    private String creator = "";
    private String liveId = "";

    @BeforeAll
    static void start() {
        stage = new EarningsStage(clock, "confetti.policy.earningsHold=PT10M");
        service = stage.service();
        http = service.http();
        finance = stage.finance();
        viewer = stage.viewer();
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    @BeforeEach
    void freshCreator() {
        EarningsStage.Star star = stage.freshStar();
        creatorId = star.creatorId();
        creator = star.token();
        liveId = star.liveId();
    }

    private Response send(String giftId, long quantity) {
        return stage.send(liveId, giftId, quantity);
    }

    private static void reverse(Response sent) {
        Response reversed =
                http.post(
                        "/v1/gift-sends/" + sent.text("giftSendId") + "/reverse",
                        finance,
                        stage.next("r"),
                        Map.of("reason", "fraud"));
        assertThat(reversed.status()).as(reversed.toString()).isEqualTo(200);
    }

    private static void work() {
        stage.work();
    }

    private JsonNode shown() {
        return stage.earnings(creatorId, creator);
    }

    private String diamonds(String kind) {
        return shown().get("diamonds").get(kind).stringValue();
    }

    private static void passHold() {
        clock.set(clock.instant().plus(Duration.ofMinutes(10)).plusSeconds(7));
    }

    private List<EarningsReleased> releases() {
        return service.bean(EventLog.class).readStream(Creator.STREAM_TYPE, creatorId, 0).stream()
                .map(row -> (EarningsReleased) row.event())
                .toList();
    }

    @Test
    void earningsAreHeldThenReleasedOnce() {
        Instant sentAt = clock.instant();
        long first = send("ant", 100).number("position");
        long last = send("ant", 11).number("position");
        work();
        assertThat(diamonds("pending")).isEqualTo("55.5000");
        assertThat(diamonds("available")).isEqualTo("0.0000");
        assertThat(diamonds("reserved")).isEqualTo("0.0000");
        assertThat(diamonds("redeemed")).isEqualTo("0.0000");
        JsonNode next = shown().get("nextReleases");
        assertThat(next.size()).isEqualTo(1);
        assertThat(next.get(0).get("diamonds").stringValue()).isEqualTo("55.5000");
        assertThat(Instant.parse(next.get(0).get("releasedAt").stringValue()))
                .isBetween(sentAt.plusSeconds(600), sentAt.plusSeconds(606));

        clock.set(sentAt.plusSeconds(599));
        work();
        assertThat(diamonds("available")).isEqualTo("0.0000");

        passHold();
        work();
        assertThat(diamonds("pending")).isEqualTo("0.0000");
        assertThat(diamonds("available")).isEqualTo("55.5000");
        assertThat(shown().get("nextReleases").size()).isZero();
        assertThat(releases()).hasSize(1);
        EarningsReleased released = releases().getFirst();
        assertThat(released.diamonds()).isEqualTo(Diamonds.parse("55.5"));
        assertThat(released.fromPosition()).isEqualTo(first);
        assertThat(released.throughPosition()).isEqualTo(last);
        assertThat(released.amounts().getFirst().currency()).isEqualTo("USD");
        // One micro-unit for 0.0001 diamond.
        assertThat(released.amounts().getFirst().micros()).isEqualTo(555_000);
        work();
        assertThat(releases()).hasSize(1);
    }

    @Test
    void aReversalComesOffWhatIsPendingOrOffWhatWasReleased() {
        Response early = send("ant", 10);
        Response kept = send("ant", 20);
        work();
        reverse(early);
        work();
        assertThat(diamonds("pending")).isEqualTo("10.0000");
        assertThat(reversal(early).earningsReleased()).isFalse();
        assertThat(reversal(early).sentPosition()).isEqualTo(early.number("position"));
        passHold();
        work();
        assertThat(diamonds("available")).isEqualTo("10.0000");
        reverse(kept);
        work();
        assertThat(reversal(kept).earningsReleased()).isTrue();
        assertThat(diamonds("available")).isEqualTo("0.0000");
        assertThat(diamonds("pending")).isEqualTo("0.0000");
    }

    private static GiftReversed reversal(Response sent) {
        return service
                .bean(EventLog.class)
                .readStreamBackward(
                        Wallet.STREAM_TYPE,
                        "fan",
                        Long.MAX_VALUE,
                        Set.of("confetti.gift-reversed.v1"),
                        100)
                .stream()
                .map(row -> (GiftReversed) row.event())
                .filter(each -> each.giftSendId().toString().equals(sent.text("giftSendId")))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatIsReversedWholeIsNotReleased() {
        Response only = send("ant", 10);
        reverse(only);
        passHold();
        work();
        assertThat(releases()).isEmpty();
        assertThat(diamonds("pending")).isEqualTo("0.0000");
        send("ant", 4);
        passHold();
        work();
        assertThat(diamonds("available")).isEqualTo("2.0000");
    }

    @Test
    void aReleaseThatAReversalOvertookIsCountedAgain() {
        Response first = send("ant", 10);
        send("ant", 20);
        passHold();
        Due due = due();
        reverse(first);
        assertThat(service.bean(Creators.class).release(due, clock.instant())).isFalse();
        assertThat(releases()).isEmpty();
        work();
        assertThat(releases()).hasSize(1);
        assertThat(releases().getFirst().diamonds()).isEqualTo(Diamonds.parse("10"));
        assertThat(diamonds("available")).isEqualTo("10.0000");
        assertThat(service.bean(Creators.class).release(due, clock.instant())).isFalse();
    }

    @Test
    void aGiftThatIsAppendedBetweenTheLookAndTheReleaseIsReleasedLater() {
        Instant slotEnd = new Hold(Duration.ofMinutes(10)).slotEnd(clock.instant());
        clock.set(slotEnd.minusMillis(1));
        send("ant", 10);
        clock.set(slotEnd.plus(Duration.ofMinutes(10)));
        Due due = due();
        // Another instance's clock is behind.
        clock.set(slotEnd.minusMillis(1));
        send("ant", 20);
        clock.set(slotEnd.plus(Duration.ofMinutes(10)));
        assertThat(service.bean(Creators.class).release(due, clock.instant())).isTrue();
        passHold();
        work();
        assertThat(diamonds("pending")).isEqualTo("0.0000");
        assertThat(diamonds("available")).isEqualTo("15.0000");
        assertThat(releases()).hasSize(2);
    }

    @Test
    void aReversalThatIsWrongAboutTheReleaseIsNotAppended() {
        Response sent = send("ant", 10);
        EventLog log = service.bean(EventLog.class);
        GiftReversed wrong =
                new GiftReversed(
                        UUID.fromString(sent.text("giftSendId")),
                        "fan",
                        liveId,
                        creatorId,
                        "ant",
                        10,
                        List.of(),
                        10,
                        Diamonds.parse("5"),
                        clock.instant(),
                        List.of(),
                        0,
                        sent.number("position"),
                        true,
                        null,
                        null);
        long head = log.head();
        assertThatThrownBy(
                        () ->
                                log.append(
                                        List.of(
                                                new NewEvent(
                                                        UUID.randomUUID(),
                                                        Wallet.STREAM_TYPE,
                                                        "fan",
                                                        log.lastSequence(Wallet.STREAM_TYPE, "fan")
                                                                        .orElseThrow()
                                                                + 1,
                                                        "confetti.gift-reversed.v1",
                                                        EventCodec.encode(wrong),
                                                        clock.instant(),
                                                        "{}".getBytes(StandardCharsets.UTF_8)))))
                .isInstanceOf(OutdatedAppendException.class)
                .hasMessageContaining("were not released");
        assertThat(log.head()).isEqualTo(head);
        send("ant", 1);
    }

    private Due due() {
        return service.bean(EarningsBook.class).catchUp(clock.instant()).stream()
                .filter(each -> each.creatorId().equals(creatorId))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theHoldMayBeAnotherOneAfterARestart() {
        EarningsBook longer =
                new EarningsBook(service.bean(GiftDatabase.class), new Hold(Duration.ofDays(7)));
        EarningsBook shorter =
                new EarningsBook(service.bean(GiftDatabase.class), new Hold(Duration.ZERO));
        send("ant", 2);
        longer.catchUp();
        clock.set(clock.instant().plusSeconds(30));
        Response reversed = send("ant", 4);
        shorter.catchUp();
        clock.set(clock.instant().plusSeconds(30));
        send("ant", 6);
        longer.catchUp();
        reverse(reversed);
        clock.set(clock.instant().plus(Duration.ofHours(2)));
        work();
        assertThat(diamonds("pending")).isEqualTo("0.0000");
        assertThat(diamonds("available")).isEqualTo("4.0000");
    }

    @Test
    void manyGiftsOfManySlotsAreOneReleaseAndGiftsThatCameLaterWait() {
        for (int i = 0; i < 20; i++) {
            send("ant", 2);
            clock.set(clock.instant().plusSeconds(10));
        }
        work();
        assertThat(shown().get("nextReleases").size()).isEqualTo(20);
        clock.set(clock.instant().plus(Duration.ofMinutes(10)).minusSeconds(100));
        work();
        assertThat(releases()).hasSize(1);
        long released = releases().getFirst().diamonds().tenThousandths();
        assertThat(released).isBetween(90_000L, 110_000L);
        passHold();
        work();
        assertThat(diamonds("available")).isEqualTo("20.0000");
        assertThat(releases()).hasSize(2);
        assertThat(releases().get(1).fromPosition())
                .isGreaterThan(releases().get(0).throughPosition());
    }

    @Test
    void onlyTheCreatorAndFinanceSeeEarnings() {
        String path = "/v1/creators/" + creatorId + "/earnings";
        assertThat(http.get(path, null).status()).isEqualTo(401);
        assertThat(http.get(path, viewer).status()).isEqualTo(403);
        Response other = http.get(path, service.token("other", "creator"));
        assertThat(other.status()).isEqualTo(403);
        assertThat(other.problem()).isEqualTo("forbidden");
        assertThat(http.get(path, finance).json()).isEqualTo(shown());
        String creator = service.token("other", "creator");
        for (String call : List.of("/earnings", "/earnings/series?bucket=year")) {
            assertThat(http.get("/v1/creators/a:b" + call, finance).problem())
                    .isEqualTo("malformed-request");
            assertThat(http.get("/v1/creators/a:b" + call, creator).problem())
                    .isEqualTo("forbidden");
        }
        assertThat(
                        http.get("/v1/creators/nobody/earnings", finance)
                                .json()
                                .get("diamonds")
                                .get("pending")
                                .stringValue())
                .isEqualTo("0.0000");
    }

    private JsonNode series(String query) {
        return http.get("/v1/creators/" + creatorId + "/earnings/series" + query, creator).json();
    }

    @Test
    void aSeriesCountsPerGiftAndBucketWithoutReversedGifts() {
        Instant day = clock.instant().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1));
        clock.set(day.plusSeconds(3_600));
        send("ant", 4);
        Response back = send("ant", 6);
        send("applause", 1);
        clock.set(day.plusSeconds(7_205));
        send("ant", 1);
        reverse(back);
        work();
        String span = "?from=" + day + "&to=" + day.plus(Duration.ofDays(1));

        JsonNode days = series(span).get("series");
        assertThat(days.size()).isEqualTo(2);
        assertThat(days.get(1).get("bucket").stringValue()).isEqualTo(day.toString());
        assertThat(days.get(1).get("giftId").stringValue()).isEqualTo("ant");
        assertThat(days.get(1).get("gifts").longValue()).isEqualTo(5);
        assertThat(days.get(1).get("coins").longValue()).isEqualTo(5);
        assertThat(days.get(1).get("diamonds").stringValue()).isEqualTo("2.5000");

        JsonNode hours = series(span + "&bucket=hour").get("series");
        assertThat(hours.size()).isEqualTo(3);
        assertThat(hours.get(0).get("bucket").stringValue())
                .isEqualTo(day.plusSeconds(7_200).toString());
        assertThat(hours.get(0).get("gifts").longValue()).isEqualTo(1);
        JsonNode first = series(span + "&bucket=hour&limit=2");
        assertThat(first.get("series").size()).isEqualTo(2);
        JsonNode rest =
                series(
                        span
                                + "&bucket=hour&limit=2&cursor="
                                + first.get("nextCursor").stringValue());
        assertThat(rest.get("series").size()).isEqualTo(1);
        assertThat(rest.get("series").get(0).get("giftId").stringValue()).isEqualTo("ant");
        assertThat(rest.get("nextCursor").isNull()).isTrue();
        assertThat(
                        series(
                                        "?from="
                                                + day.plus(Duration.ofDays(1))
                                                + "&to="
                                                + day.plusSeconds(172_800))
                                .get("series")
                                .size())
                .isZero();
        for (String wrong :
                List.of(
                        "?bucket=year",
                        "?from=yesterday",
                        "?from=" + day + "&to=" + day.minusSeconds(1))) {
            assertThat(series(wrong).get("type").stringValue()).endsWith("malformed-request");
        }
    }
}
