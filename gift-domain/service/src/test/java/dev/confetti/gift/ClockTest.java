package dev.confetti.gift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.engines.PostgresEndpoint;
import dev.confetti.engines.TestEngines;
import dev.confetti.events.LogRecord;
import dev.confetti.gift.Http.Response;
import dev.confetti.gift.log.EventLog;
import dev.confetti.gift.log.GiftDatabase;
import dev.confetti.gift.log.LogVerifier;
import dev.confetti.gift.wallet.Wallet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A clock that is set back under the running service. */
class ClockTest {
    private final PostgresEndpoint postgres = TestEngines.freshPostgres();
    private final SetClock clock = SetClock.nearNow();
    private final Instant before = clock.instant();

    @Test
    void giftsGoOnWhileTheClockIsSetBackAndTheLogsOwnTimeStandsStill() throws SQLException {
        String viewer;
        String liveId;
        Response first;
        try (RunningService service = start()) {
            viewer = service.token("vic", "viewer");
            liveId = service.activeLive(service.token("ada", "creator"));
            service.grant(service.token("staff", "admin"), "vic", 100);
            first = service.send(viewer, "k1", liveId, "ant", 2);
            assertThat(first.status()).isEqualTo(201);

            clock.set(before.minusSeconds(3_600));
            Response second = service.send(viewer, "k2", liveId, "ant", 3);

            assertThat(second.status()).isEqualTo(201);
            assertThat(second.number("position")).isEqualTo(first.number("position") + 1);
            assertThat(second.number("spendable")).isEqualTo(95);
            assertThat(second.number("comboCount")).isEqualTo(5);
            // One send a second, and the first lies an hour ahead.
            assertThat(service.send(viewer, "k3", liveId, "ant", 1).problem())
                    .isEqualTo("sending-too-fast");
        }
        try (RunningService service = start()) {
            Response again = service.send(viewer, "k1", liveId, "ant", 2);
            assertThat(again.status()).isEqualTo(200);
            assertThat(again.number("spendable")).isEqualTo(98);
            assertThat(again.number("position")).isEqualTo(first.number("position"));

            List<LogRecord> wallet =
                    service.bean(EventLog.class).readStream(Wallet.STREAM_TYPE, "vic", 0);
            assertThat(wallet).extracting(LogRecord::recordedAt).containsOnly(before);
            assertThat(wallet)
                    .extracting(LogRecord::occurredAt)
                    .containsExactly(before, before, before.minusSeconds(3_600));
            assertThat(
                            new LogVerifier(service.bean(GiftDatabase.class).dataSource())
                                    .verify()
                                    .fault())
                    .isEmpty();
        }
    }

    @Test
    void theServicesOwnClockShowsWholeMicroseconds() {
        try (RunningService service = RunningService.start(postgres)) {
            InstantSource own = service.bean(InstantSource.class);
            assertThat(Stream.generate(own::instant).limit(100))
                    .allSatisfy(
                            shown ->
                                    assertThat(shown.truncatedTo(ChronoUnit.MICROS))
                                            .isEqualTo(shown));
        }
    }

    private RunningService start() {
        return RunningService.start(
                postgres,
                clock,
                "confetti.policy.sendsPerSecond=1",
                "confetti.policy.publisherLease=PT10M");
    }
}
