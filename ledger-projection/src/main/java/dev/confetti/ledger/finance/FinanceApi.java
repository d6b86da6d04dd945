package dev.confetti.ledger.finance;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** All parts of the finance API. */
@Configuration(proxyBeanMethods = false)
@Import({
    FinanceSecurity.class,
    ProblemDocuments.class,
    AccountsApi.class,
    EntriesApi.class,
    ReportsApi.class,
    SealsApi.class
})
public class FinanceApi {}
