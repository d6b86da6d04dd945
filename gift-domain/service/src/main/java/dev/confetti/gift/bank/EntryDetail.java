package dev.confetti.gift.bank;

import dev.confetti.gift.bank.StatementLine.Direction;
import dev.confetti.gift.bank.StatementLine.Return;
import dev.confetti.gift.bank.XmlElement.Amount;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is needed of one {@code TxDtls}.
 *
 * @param amount of the transaction; null: not stated
 * @param direction null: its entry's
 * @param reference the bank's own, null: none
 * @param instructedAmounts amounts before charges and exchange, as far as stated
 * @param charges its {@code Chrgs} elements
 */
record EntryDetail(
        @Nullable Amount amount,
        @Nullable Direction direction,
        @Nullable String endToEndId,
        @Nullable String paymentInformationId,
        @Nullable String reference,
        @Nullable Return returned,
        List<Amount> instructedAmounts,
        List<XmlElement> charges) {
    static final EntryDetail NONE =
            new EntryDetail(null, null, null, null, null, null, List.of(), List.of());

    private static final String REFERENCES = "Refs";

    /** Sub-families of ISO 20022's external bank transaction codes for money that came back. */
    private static final Set<String> RETURNS = Set.of("RRTN", "RPCR", "ARET");

    static EntryDetail of(XmlElement details) {
        String direction = details.textAt("CdtDbtInd");
        return new EntryDetail(
                amount(details),
                direction == null ? null : EntryReader.direction(direction),
                GivenIds.given(details.textAt(REFERENCES, "EndToEndId")),
                GivenIds.given(details.textAt(REFERENCES, "PmtInfId")),
                GivenIds.given(details.textAt(REFERENCES, "AcctSvcrRef")),
                returned(details),
                instructed(details),
                details.all("Chrgs").toList());
    }

    /** Version 02 has the amount among the details of the amount only. */
    private static @Nullable Amount amount(XmlElement details) {
        return details.find("Amt")
                .map(XmlElement::amount)
                .or(() -> readable(details.find("AmtDtls", "TxAmt", "Amt")))
                .or(() -> readable(details.find("AmtDtls", "InstdAmt", "Amt")))
                .orElse(null);
    }

    private static Optional<Amount> readable(Optional<XmlElement> amount) {
        return amount.flatMap(XmlElement::readableAmount);
    }

    /** Amounts before charges that an entry or a transaction states. */
    static List<Amount> instructed(XmlElement of) {
        return of.all("AmtDtls")
                .flatMap(details -> details.children().stream())
                .flatMap(each -> each.all("Amt"))
                .flatMap(each -> each.readableAmount().stream())
                .toList();
    }

    private static @Nullable Return returned(XmlElement details) {
        return details.find("RtrInf")
                .map(
                        why ->
                                new Return(
                                        why.find("Rsn")
                                                .flatMap(r -> r.children().stream().findFirst())
                                                .map(XmlElement::text)
                                                .orElse(null)))
                .orElse(isReturn(details) ? new Return(null) : null);
    }

    /** Whether the bank transaction code of an entry or a transaction says so. */
    static boolean isReturn(XmlElement of) {
        String code = of.textAt("BkTxCd", "Domn", "Fmly", "SubFmlyCd");
        return code != null && RETURNS.contains(code);
    }

    Direction directionIn(Direction entry) {
        return direction == null ? entry : direction;
    }
}
