package dev.confetti.ledger.finance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.ledger.RunningLedger;
import dev.confetti.ledger.Samples;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Entries by filters, their exports, and whether all of them hold. */
@ExtendWith(OneFinanceService.class)
class EntriesApiTest {
    private final FinanceService service;

    EntriesApiTest(FinanceService service) {
        this.service = service;
    }

    @Test
    void anEntryShowsWhatTheEventPosted() throws Exception {
        JsonNode entry = service.read("/entries/6");
        assertThat(entry.path("entryId").asLong()).isEqualTo(6);
        assertThat(entry.path("type").asString()).isEqualTo("confetti.gift-sent.v1");
        assertThat(entry.path("reference").asString()).isEqualTo(Samples.id(6).toString());
        assertThat(entry.path("hash").asString())
                .isEqualTo(service.model().entries().get(5).hash().toString());
        assertThat(entry.path("postings")).hasSize(6);
        assertThat(entry.at("/postings/0/account").asString()).isEqualTo("viewer:42:coin:promo");
        assertThat(entry.at("/postings/0/side").asString()).isEqualTo("D");
        assertThat(entry.at("/postings/0/amount").asString()).isEqualTo("100");
        assertThat(entry.at("/postings/0/asset").asString()).isEqualTo("COIN");
        assertThat(service.read("/entries/5").path("lots")).hasSize(2);
    }

    @Test
    void filtersOfEntriesCombine() throws Exception {
        assertThat(service.ids("/entries?reference=" + Samples.id(7))).containsExactly(7L, 8L);
        assertThat(
                        service.ids(
                                "/entries?type=gift-reversed&to=position:20&account=viewer:42:coin:paid"))
                .containsExactly(8L);
        assertThat(
                        service.ids(
                                "/entries?account=2010:contract-liability&type=coins-purchased&limit=2"))
                .containsExactly(1L, 2L);
        assertThat(
                        service.ids(
                                "/entries?account=viewer:42:coin:paid&type=gift-sent"
                                        + "&from=2026-01-01T00:00:05Z&to=2026-01-01T00:00:07Z"))
                .containsExactly(5L);
        assertThat(service.ids("/entries?to=position:8&order=desc&limit=3"))
                .containsExactly(8L, 7L, 6L);
        assertThat(service.ids("/entries?reference=" + Samples.id(7) + "&type=coins-granted"))
                .isEmpty();
        assertThat(service.ids("/entries?viewer=42&creator=7&order=desc&limit=3"))
                .containsExactly(8L, 7L, 6L);
        assertThat(service.ids("/entries?live=live-7&amount=500&asset=COIN")).containsExactly(4L);
        // 500 coins and 50 diamonds' worth of promo coins: 50.0000 of a diamond, 0.500000 dollars.
        assertThat(service.ids("/entries?live=live-7&amount=50.0")).containsExactly(6L, 7L, 8L);
        assertThat(service.ids("/entries?viewer=42&asset=USD"))
                .containsExactly(1L, 2L, 4L, 5L, 6L, 7L, 8L);
        assertThat(service.ids("/entries?viewer=42&asset=JPY")).isEmpty();
        assertThat(service.ids("/entries?account=1010:bank&asset=COIN")).isEmpty();
    }

    @Test
    void verifyHolds() throws Exception {
        JsonNode verification = service.read("/verify");
        assertThat(verification.path("holds").asBoolean()).as("%s", verification).isTrue();
        assertThat(verification.path("checks")).hasSize(12);
        assertThat(verification.has("firstFault")).isFalse();
    }

    @Test
    void theCsvExportHasEveryPosting() throws Exception {
        HttpResponse<String> csv =
                service.get("/v1/ledger/export?format=csv", RunningLedger.token("finance"));
        assertThat(csv.statusCode()).isEqualTo(200);
        List<String> lines = csv.body().lines().toList();
        assertThat(lines)
                .hasSize(
                        1
                                + service.model().entries().stream()
                                        .mapToInt(e -> e.postings().size())
                                        .sum());
        assertThat(lines.get(1))
                .startsWith("1,2026-01-01T00:00:01Z,confetti.coins-purchased.v1,")
                .contains(",coin:issued:paid,COIN,D,1050,");
        assertThat(
                        service.get(
                                        "/v1/ledger/export?from=position:3&to=position:3",
                                        RunningLedger.token("finance"))
                                .body()
                                .lines()
                                .toList())
                .hasSize(3);
    }
}
