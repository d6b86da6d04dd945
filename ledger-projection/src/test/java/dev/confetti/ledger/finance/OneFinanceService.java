package dev.confetti.ledger.finance;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the service, one for all classes of a run, which is closed behind the last one. */
final class OneFinanceService implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == FinanceService.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        return test.getRoot()
                .getStore(ExtensionContext.Namespace.create(OneFinanceService.class))
                .computeIfAbsent(FinanceService.class, key -> started(), FinanceService.class);
    }

    private static FinanceService started() {
        try {
            return new FinanceService();
        } catch (Exception e) {
            throw new IllegalStateException("the ledger's service", e);
        }
    }
}
