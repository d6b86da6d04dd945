package dev.confetti.ledger.finance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.ledger.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** OpenAPI against the answers that it describes. */
@ExtendWith(OneFinanceService.class)
class LedgerDocumentTest {
    private final FinanceService service;

    LedgerDocumentTest(FinanceService service) {
        this.service = service;
    }

    /** Each call of the ledger, and a question to it that has an answer. */
    private static final Map<String, String> QUESTIONS =
            Map.ofEntries(
                    Map.entry("/accounts", "/accounts?limit=1"),
                    Map.entry("/accounts/{code}", "/accounts/2010:contract-liability"),
                    Map.entry(
                            "/accounts/{code}/postings",
                            "/accounts/viewer:42:coin:paid/postings?limit=1"),
                    Map.entry("/entries", "/entries?limit=5"),
                    Map.entry("/entries/{id}", "/entries/4"),
                    Map.entry("/trial-balance", "/trial-balance"),
                    Map.entry("/verify", "/verify"),
                    Map.entry("/lots", "/lots?limit=1"),
                    Map.entry("/lots/{lotId}", "/lots/" + Samples.id(2)),
                    Map.entry("/movements", "/movements"),
                    Map.entry("/deferred-revenue", "/deferred-revenue"),
                    Map.entry("/vat", "/vat"),
                    Map.entry("/clearing", "/clearing"),
                    Map.entry("/clearing/{code}", "/clearing/1040:disputes-receivable"),
                    Map.entry("/statements/creators/{id}", "/statements/creators/c1?month=2026-01"),
                    Map.entry("/seals", "/seals"),
                    Map.entry("/accesses", "/accesses?limit=1"));

    /** Answers that this run has none of; tests of their own look at them. */
    private static final Set<String> NOT_ASKED = Set.of("/export", "/seals/{period}");

    @Test
    void openApiDescribesEveryCallWithParametersExamplesAndProblems() throws Exception {
        JsonNode paths =
                FinanceService.tree(service.get("/v3/api-docs", null).body()).path("paths");
        List<String> missing = new ArrayList<>();
        int calls = 0;
        for (var path : paths.properties()) {
            if (!path.getKey().startsWith("/v1/ledger")) {
                continue;
            }
            for (var call : path.getValue().properties()) {
                calls++;
                String name = call.getKey() + " " + path.getKey();
                JsonNode operation = call.getValue();
                if (operation.path("summary").asString("").isEmpty()) {
                    missing.add(name + ": a summary");
                }
                for (JsonNode parameter : operation.path("parameters")) {
                    if (parameter.path("description").asString("").isEmpty()) {
                        missing.add(
                                name + ": a description of " + parameter.path("name").asString());
                    }
                }
                for (String status : List.of("400", "401", "403", "503")) {
                    if (!operation
                            .at("/responses/" + status + "/content/application~1problem+json")
                            .has("example")) {
                        missing.add(name + ": the problem " + status);
                    }
                }
                JsonNode content = operation.at("/responses/200/content");
                if (content.findValue("example") == null) {
                    missing.add(name + ": an example of its answer");
                }
                String question = QUESTIONS.get(path.getKey().substring("/v1/ledger".length()));
                if (question != null) {
                    Set<String> names = shape(content.at("/application~1json/example"));
                    Set<String> answered = shape(service.read(question));
                    // The example's gift was paid by no lot.
                    answered.stream()
                            .filter(each -> !names.contains(each) && !each.contains("/lots[]/"))
                            .forEach(each -> missing.add(name + ": in its example " + each));
                    // Nobody is paid in this run, and no month closed.
                    names.removeIf(
                            each -> each.startsWith("/payouts[]") || each.startsWith("/seals[]"));
                    assertThat(names).as(name).isNotEmpty().isSubsetOf(answered);
                } else if (!NOT_ASKED.contains(path.getKey().substring("/v1/ledger".length()))) {
                    missing.add(name + ": a question of this test");
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(calls).isEqualTo(QUESTIONS.size() + NOT_ASKED.size());
    }

    /** The names in a document, lists taken as one. */
    private static Set<String> shape(JsonNode node) {
        Set<String> names = new TreeSet<>();
        shape("", node, names);
        return names;
    }

    private static void shape(String at, JsonNode node, Set<String> names) {
        if (node.isArray()) {
            node.forEach(each -> shape(at + "[]", each, names));
        } else if (node.isObject()) {
            node.properties()
                    .forEach(
                            each -> {
                                names.add(at + "/" + each.getKey());
                                shape(at + "/" + each.getKey(), each.getValue(), names);
                            });
        }
    }

    @Test
    void openApiAndMetricsTellOfTheLedger() throws Exception {
        JsonNode paths =
                FinanceService.tree(service.get("/v3/api-docs", null).body()).path("paths");
        assertThat(paths.has("/v1/ledger/accounts/{code}/postings")).isTrue();
        assertThat(paths.at("/~1v1~1ledger~1entries/get/parameters")).hasSize(13);
        assertThat(service.get("/actuator/prometheus", null).body())
                .contains("confetti_ledger_position 1500.0")
                .contains("confetti_ledger_lag_records 0.0");
    }
}
