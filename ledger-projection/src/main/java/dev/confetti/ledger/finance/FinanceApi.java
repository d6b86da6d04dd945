package dev.confetti.ledger.finance;

import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.json.JsonMapper;

/** All parts of the finance API. */
@Configuration(proxyBeanMethods = false)
@Import({
    FinanceSecurity.class,
    ProblemDocuments.class,
    AccessesApi.class,
    AccountsApi.class,
    ClearingApi.class,
    EntriesApi.class,
    LotsApi.class,
    MovementsApi.class,
    ReportsApi.class,
    SealsApi.class,
    StatementsApi.class,
    VatApi.class
})
public class FinanceApi {

    @Bean
    OpenApiCustomizer ledgerDocument(JsonMapper json) {
        return new LedgerDocument(json);
    }
}
