package dev.confetti.gift.settlement;

import java.util.List;

/**
 * Stripe's payout reconciliation report, itemised ({@code payout_reconciliation.itemized}): one
 * line for each balance transaction of automatic payouts, amounts in the currency's main unit.
 *
 * @see <a href="https://docs.stripe.com/reports/payout-reconciliation">Payout reconciliation</a>
 * @see <a href="https://docs.stripe.com/reports/reporting-categories">Reporting categories</a>
 */
final class StripeFormat implements ReportFormat {
    /** No other report has it. */
    static final String PAYOUT = "automatic_payout_id";

    private static final String CATEGORY = "reporting_category";
    private static final String SOURCE = "source_id";
    private static final String PAYMENT = "payment_intent_id";
    private static final String CURRENCY = "currency";
    private static final String GROSS = "gross";
    private static final String FEE = "fee";
    private static final String NET = "net";

    @Override
    public List<String> columns() {
        return List.of(PAYOUT, CATEGORY, SOURCE, PAYMENT, CURRENCY, GROSS, FEE, NET);
    }

    @Override
    public String gross() {
        return GROSS;
    }

    @Override
    public String fee() {
        return FEE;
    }

    @Override
    public ReportLine line(Cells cells) {
        String category =
                cells.required(CATEGORY, "a reporting category of Stripe, such as charge");
        LineKind kind = kind(cells, category);
        String currency = cells.currency(CURRENCY);
        ReportLine line =
                new ReportLine(
                        cells.line(),
                        cells.required(PAYOUT, "the payout's id, such as po_…"),
                        kind,
                        reference(cells, kind),
                        currency,
                        cells.minor(GROSS, currency),
                        cells.minor(FEE, currency));
        return Reports.checked(cells, line, GROSS, NET);
    }

    private static LineKind kind(Cells cells, String category) {
        return switch (category) {
            case "charge" -> LineKind.PURCHASE;
            case "refund" -> LineKind.REFUND;
            case "dispute" -> LineKind.CHARGEBACK;
            case "dispute_reversal" -> LineKind.CHARGEBACK_WON;
            case "fee", "network_cost", "tax" -> LineKind.FEE;
            case "payout" ->
                    throw cells.malformed(
                            CATEGORY,
                            category,
                            "the lines that a payout is made of, as in the itemised payout"
                                    + " reconciliation report, not the payout itself");
            default -> LineKind.OTHER;
        };
    }

    /** A purchase is recorded under its payment intent, all else under its own id. */
    private static String reference(Cells cells, LineKind kind) {
        return switch (kind) {
            case PURCHASE -> {
                String payment = cells.text(PAYMENT);
                yield payment.isEmpty() ? cells.text(SOURCE) : payment;
            }
            case REFUND, CHARGEBACK, CHARGEBACK_WON ->
                    cells.required(SOURCE, "the id of the refund or dispute");
            case FEE, OTHER -> cells.text(SOURCE);
        };
    }
}
