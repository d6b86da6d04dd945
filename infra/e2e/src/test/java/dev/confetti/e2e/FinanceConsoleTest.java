package dev.confetti.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The console of finance staff in a real browser, against a whole platform. */
class FinanceConsoleTest {
    @TempDir Path folder;

    @Test
    void twoPersonsOfFinanceTakeAPayoutToTheBankFindAnEntryAndPrintTheBooks() throws Exception {
        String chromium = Tools.chromium();
        assumeTrue(chromium != null, "Chromium is not installed");
        assumeTrue(
                Files.isDirectory(Path.of("../../web/node_modules/playwright-core")),
                "web has not been built");
        try (PlatformProcess platform =
                        PlatformProcess.up(
                                folder.resolve("data"),
                                Ports.free(),
                                "--no-demo",
                                "--policy",
                                "earningsHold=PT1S",
                                "--policy",
                                "payoutMinimumDiamonds=50");
                Stage stage = Stage.open(platform)) {
            JsonNode seen = walk(platform, stage, chromium);

            assertThat(seen.path("roleFault").asString())
                    .contains("the role viewer", "needs the role finance");
            assertThat(seen.path("refusedMoment").asString())
                    .contains("yesterday at noon", "expected position:N");
            assertThat(seen.path("leftUnderRefusal").asInt()).isZero();
            assertThat(seen.path("offered").asInt()).isEqualTo(2);
            assertThat(seen.path("offeredToOwner").asInt()).isZero();
            assertThat(seen.path("pain001HasPayout").asBoolean()).isTrue();
            assertThat(seen.path("refusal").asString()).contains("expected one of", "400");
            assertThat(seen.path("samePerson").asString()).contains("(same-person, 403)");
            // 300 coins of a lot of 700 for 9.99: both sides of coins, diamonds and dollars.
            assertThat(seen.path("entryTotals"))
                    .extracting(JsonNode::asString)
                    .containsExactly(
                            "Total COIN 300 300",
                            "Total DIAMOND 150.0000 150.0000",
                            "Total USD 6.034285 6.034285");
            assertThat(seen.path("nothing").asString()).contains("Nothing is known by");
            assertThat(seen.path("keyboard").path("skippedTo").asString())
                    .isEqualTo("Trial balance");
            assertThat(seen.path("paper").path("asOf").asString()).startsWith("As of now");
            assertThat(seen.path("paper").path("printed").asString()).contains("UTC by fin-1");
            assertThat(seen.path("paper").path("controls").asBoolean()).isFalse();
            assertThat(seen.path("paper").path("head").asString()).isEqualTo("table-header-group");
            assertThat(seen.path("paper").path("background").asString())
                    .isEqualTo("rgb(255, 255, 255)");
            assertThat(seen.path("phoneOverflowPx").asInt()).isZero();
            assertDone(Api.as(platform, "fin-3", "Fin", "finance"), seen);
        }
    }

    /** What the two did in the browser is so in the books. */
    private static void assertDone(Api finance, JsonNode seen) throws Exception {
        assertThat(finance.get("/v1/payouts/" + seen.path("payoutId").asString()).text("status"))
                .isEqualTo("settled");
        Api.Answer rejected =
                finance.get("/v1/payouts/" + seen.path("otherPayoutId").asString()).expect(200);
        assertThat(rejected.text("status")).isEqualTo("rejected");
        assertThat(rejected.text("decidedBy")).isEqualTo("fin-2");
        JsonNode adjustment =
                finance.get("/v1/ledger/adjustments").expect(200).body().path("adjustments").get(0);
        assertThat(adjustment.path("requestedBy").asString()).isEqualTo("fin-2");
        assertThat(adjustment.path("decidedBy").asString()).isEqualTo("fin-1");
        long postings =
                finance.get("/v1/ledger/entries?limit=1000")
                        .expect(200)
                        .body()
                        .path("entries")
                        .valueStream()
                        .mapToLong(entry -> entry.path("postings").size())
                        .sum();
        assertThat(seen.path("csvLines").asLong()).isEqualTo(postings + 1);
    }

    private JsonNode walk(PlatformProcess platform, Stage stage, String chromium) throws Exception {
        Path output = folder.resolve("browser.txt");
        Process browser =
                Tools.startIn(
                        Path.of("../../web"),
                        output,
                        "node",
                        "e2e/finance.mjs",
                        platform.http("").toString(),
                        stage.liveId(),
                        "creator-7",
                        Path.of("target").toAbsolutePath().toString(),
                        chromium);
        assertThat(browser.waitFor(300, TimeUnit.SECONDS)).isTrue();
        String said = Files.readString(output);
        assertThat(browser.exitValue()).as(said).isZero();
        return JsonMapper.builder().build().readTree(said.substring(said.indexOf('{')));
    }
}
