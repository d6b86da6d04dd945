package dev.confetti.gift.bank;

import dev.confetti.gift.bank.StatementLine.Charge;
import dev.confetti.gift.bank.StatementLine.Direction;
import dev.confetti.gift.bank.XmlElement.Amount;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The fees that a bank states with a line. */
final class EntryCharges {
    private EntryCharges() {}

    /** Those of the transaction, or where it has none, of the entry. */
    static List<Charge> of(
            XmlElement entry, EntryDetail detail, Direction direction, Amount amount) {
        List<XmlElement> stated =
                detail.charges().isEmpty() ? entry.all("Chrgs").toList() : detail.charges();
        List<Stated> records = stated.stream().flatMap(EntryCharges::records).toList();
        boolean explain = explain(entry, detail, direction, amount, records);
        List<Charge> charges = new ArrayList<>();
        for (Stated each : records) {
            charges.add(
                    new Charge(
                            each.amount().minor(),
                            each.amount().currency(),
                            each.debit(),
                            each.included() == null ? explain : each.included()));
        }
        return charges;
    }

    /**
     * @param included null: the bank does not say
     */
    private record Stated(Amount amount, boolean debit, @Nullable Boolean included) {}

    /** Version 08 has records, version 02 one charge in each element; a total alone is one, too. */
    private static Stream<Stated> records(XmlElement charges) {
        List<XmlElement> records = charges.all("Rcrd").toList();
        Stream<Stated> all =
                records.isEmpty()
                        ? Stream.concat(charges.all("Amt"), charges.all("TtlChrgsAndTaxAmt"))
                                .limit(1)
                                .map(each -> record(charges, each))
                        : records.stream()
                                .map(each -> record(each, each.find("Amt").orElseThrow()));
        return all.filter(each -> each.amount().minor() > 0);
    }

    private static Stated record(XmlElement of, XmlElement amount) {
        String included = of.textAt("ChrgInclInd");
        return new Stated(
                amount.amount(),
                !"CRDT".equals(of.textAt("CdtDbtInd")),
                included == null ? null : included.equals("true") || included.equals("1"));
    }

    /**
     * Whether the charges are what an amount before charges differs from the line's by: the bank
     * took them out of a credit, or added them to a debit.
     */
    private static boolean explain(
            XmlElement entry,
            EntryDetail detail,
            Direction direction,
            Amount amount,
            List<Stated> records) {
        long charges = 0;
        for (Stated each : records) {
            if (!each.amount().currency().equals(amount.currency())) {
                return false;
            }
            charges += each.debit() ? each.amount().minor() : -each.amount().minor();
        }
        long before = amount.minor() + (direction == Direction.CREDIT ? charges : -charges);
        return Stream.of(
                        Stream.ofNullable(detail.amount()),
                        detail.instructedAmounts().stream(),
                        EntryDetail.instructed(entry).stream())
                .flatMap(all -> all)
                .anyMatch(each -> each.equals(new Amount(before, amount.currency())));
    }
}
