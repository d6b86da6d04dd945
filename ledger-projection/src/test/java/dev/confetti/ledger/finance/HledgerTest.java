package dev.confetti.ledger.finance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.ledger.RandomBusiness;
import dev.confetti.ledger.RunningLedger;
import dev.confetti.ledger.Samples;
import dev.confetti.ledger.journal.SourceEvent;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * An outside program agrees with the books: a random run with every event that posts, through Kafka
 * into PostgreSQL, exported by the finance API and read by hledger. Each build has a new seed;
 * {@code -Dconfetti.hledger.events=100000} makes the run longer.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(HledgerTest.NamesTheSeed.class)
class HledgerTest {
    private static final String SEED = "confetti.hledger.seed";
    private static final int EVENTS = Integer.getInteger("confetti.hledger.events", 4_000);
    private static final int INSTANTS = 10;
    private static final int DAYS = 2;
    private static final long DRAWN = Long.getLong(SEED, new Random().nextLong());

    private final List<SourceEvent> events = new ArrayList<>();
    private RunningLedger ledger;

    @TempDir private Path folder;

    @SuppressWarnings("NullAway.Init") // set before all tests
    HledgerTest() {}

    @BeforeAll
    void start() throws Exception {
        Assumptions.assumeTrue(
                Hledger.isInstalled(),
                "skipped: the program hledger is not on the PATH; on Debian: apt-get install"
                        + " hledger");
        Random random = new Random(DRAWN);
        Instant at = Samples.START;
        for (var event : new RandomBusiness(DRAWN, 12).next(EVENTS)) {
            SourceEvent soon = Samples.source(events.size() + 1L, event);
            events.add(
                    new SourceEvent(
                            soon.position(), soon.eventId(), soon.type(), at, soon.event()));
            // Often several at the same instant; in all about five months.
            at =
                    random.nextInt(3) == 0
                            ? at
                            : at.plus(
                                    random.nextLong(
                                            3
                                                    * ChronoUnit.DAYS.getDuration().toSeconds()
                                                    * 150_000_000L
                                                    / EVENTS),
                                    ChronoUnit.MICROS);
        }
        ledger = new RunningLedger(events);
    }

    @AfterAll
    void stop() {
        if (ledger != null) {
            ledger.close();
        }
    }

    @Test
    void everyEventThatPostsIsInTheRunAndHledgerAcceptsIt() throws Exception {
        TreeSet<String> types = new TreeSet<>();
        List<String> positions = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = ledger.read("/entries?limit=1000" + cursor);
            for (JsonNode entry : page.path("entries")) {
                types.add(entry.path("type").asString());
                positions.add(entry.path("entryId").asString());
            }
            cursor = next(page);
        } while (!cursor.isEmpty());
        assertThat(types).isEqualTo(RandomBusiness.postedTypes());

        Hledger whole = export("");
        assertThat(
                        whole.run(
                                "check",
                                "assertions",
                                "commodities",
                                "balancednoautoconversion",
                                "ordereddates"))
                .isEmpty();
        assertThat(whole.run("codes").lines().toList()).isEqualTo(positions);
    }

    /** Accounts on either side, each asset, debits and credits each to the last micro-unit. */
    @Test
    void itsBalancesAreOurTrialBalanceAtTenRandomInstants() throws Exception {
        for (Instant instant : instants(new Random(DRAWN))) {
            // An export ends before an instant, a trial balance with it.
            compare(export("&to=" + instant.plus(1, ChronoUnit.MICROS)), instant);
        }
    }

    /** Of the whole export, by dates alone. */
    @Test
    void itsBalancesAreOursAtTheEndOfRandomDays() throws Exception {
        Random random = new Random(DRAWN);
        Hledger whole = export("");
        for (int i = 0; i < DAYS; i++) {
            Instant end = recorded(random).truncatedTo(ChronoUnit.DAYS);
            compare(
                    whole,
                    end.minus(1, ChronoUnit.MICROS),
                    "-e",
                    end.atZone(ZoneOffset.UTC).toLocalDate().toString());
        }
    }

    private List<Instant> instants(Random random) {
        List<Instant> instants = new ArrayList<>();
        instants.add(Samples.START.minus(1, ChronoUnit.MICROS));
        instants.add(events.getLast().recordedAt().plusSeconds(random.nextInt(100_000)));
        while (instants.size() < INSTANTS) {
            Instant recorded = recorded(random);
            instants.add(
                    switch (random.nextInt(4)) {
                        case 0, 1 -> recorded;
                        case 2 -> recorded.minus(1, ChronoUnit.MICROS);
                        default -> recorded.plus(random.nextInt(1_000_000_000), ChronoUnit.MICROS);
                    });
        }
        return instants;
    }

    private Instant recorded(Random random) {
        return events.get(random.nextInt(events.size())).recordedAt();
    }

    private void compare(Hledger hledger, Instant instant, String... until) throws Exception {
        Map<String, BigDecimal> debits = new TreeMap<>();
        Map<String, BigDecimal> credits = new TreeMap<>();
        String cursor = "";
        do {
            JsonNode page =
                    ledger.read("/trial-balance?expand=all&limit=50&asOf=" + instant + cursor);
            for (JsonNode row : page.path("accounts")) {
                String account = row.path("code").asString() + " " + row.path("asset").asString();
                put(debits, account, row.path("debits").asString());
                put(credits, account, "-" + row.path("credits").asString());
            }
            cursor = next(page);
        } while (!cursor.isEmpty());
        assertThat(hledger.sums(query(until, "amt:>0")))
                .as("debits as of %s", instant)
                .isEqualTo(debits);
        assertThat(hledger.sums(query(until, "amt:<0")))
                .as("credits as of %s", instant)
                .isEqualTo(credits);
    }

    private static void put(Map<String, BigDecimal> sums, String account, String decimal) {
        BigDecimal sum = new BigDecimal(decimal);
        if (sum.signum() != 0) {
            sums.put(account, sum);
        }
    }

    private static String[] query(String[] until, String amounts) {
        List<String> query = new ArrayList<>(List.of(until));
        query.add(amounts);
        return query.toArray(String[]::new);
    }

    private static String next(JsonNode page) {
        String cursor = page.path("nextCursor").asString("");
        return cursor.isEmpty() ? "" : "&cursor=" + cursor;
    }

    private Hledger export(String range) throws Exception {
        Path journal = Files.createTempFile(folder, "ledger", ".journal");
        ledger.download("/export?format=hledger" + range, journal);
        return new Hledger(journal);
    }

    /** So that the run can be had again. */
    static final class NamesTheSeed implements TestExecutionExceptionHandler {
        @Override
        public void handleTestExecutionException(ExtensionContext context, Throwable failure) {
            throw new AssertionError(
                    "failed with -D" + SEED + "=" + DRAWN + ": " + failure.getMessage(), failure);
        }
    }
}
