package dev.confetti.gift.bank;

import dev.confetti.gift.bank.StatementLine.Direction;
import dev.confetti.gift.bank.StatementLine.Return;
import dev.confetti.gift.bank.StatementLine.Standing;
import dev.confetti.gift.bank.XmlElement.Amount;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads one {@code Ntry} of a statement. An entry that books several transactions is divided into
 * them only if the bank states them all and they add up to it; else it is one line that names no
 * transfer, for people to look at.
 */
final class EntryReader {
    private static final int DATE_CHARACTERS = 10;

    private final XMLStreamReader in;
    private final LineReferences references;
    private final List<XmlElement> batches = new ArrayList<>();
    private final List<EntryDetail> details = new ArrayList<>();

    /**
     * @param in right after the beginning of {@code Ntry}, of a file that is valid
     */
    EntryReader(XMLStreamReader in, LineReferences references) {
        this.in = in;
        this.references = references;
    }

    List<StatementLine> read() throws XMLStreamException {
        int line = in.getLocation().getLineNumber();
        List<XmlElement> parts = new ArrayList<>();
        XmlElement.forEachChild(
                in,
                name -> {
                    if (name.equals("NtryDtls")) {
                        XmlElement.forEachChild(in, this::details);
                    } else {
                        parts.add(XmlElement.read(in));
                    }
                });
        return lines(new XmlElement("Ntry", "", null, line, parts));
    }

    private void details(String name) throws XMLStreamException {
        XmlElement child = XmlElement.read(in);
        if (name.equals("Btch")) {
            batches.add(child);
        } else {
            details.add(EntryDetail.of(child));
        }
    }

    private List<StatementLine> lines(XmlElement entry) {
        Amount amount = entry.find("Amt").orElseThrow().amount();
        Direction direction = direction(entry.required("CdtDbtInd"));
        if (details.size() == 1 && areAllStated()) {
            // What moved is the entry's amount; the transaction's may be before charges.
            return List.of(line(entry, details.getFirst(), direction, amount));
        }
        if (details.size() > 1 && areAllStated() && addUp(amount, direction)) {
            List<StatementLine> lines = new ArrayList<>();
            for (EntryDetail detail : details) {
                Amount part = Optional.ofNullable(detail.amount()).orElseThrow();
                lines.add(line(entry, detail, detail.directionIn(direction), part));
            }
            return lines;
        }
        return List.of(line(entry, EntryDetail.NONE, direction, amount));
    }

    static Direction direction(String code) {
        return code.equals("CRDT") ? Direction.CREDIT : Direction.DEBIT;
    }

    /** Whether there are as many transactions as the bank says, if it says. */
    private boolean areAllStated() {
        List<Long> numbers =
                batches.stream()
                        .flatMap(batch -> batch.all("NbOfTxs"))
                        .map(number -> Long.parseLong(number.text()))
                        .toList();
        return numbers.isEmpty()
                || numbers.stream().mapToLong(Long::longValue).sum() == details.size();
    }

    private boolean addUp(Amount whole, Direction direction) {
        long sum = 0;
        for (EntryDetail detail : details) {
            Amount part = detail.amount();
            if (part == null || !part.currency().equals(whole.currency())) {
                return false;
            }
            // At most a million amounts of 18 digits each could overflow: then they do not add up.
            try {
                sum =
                        detail.directionIn(direction) == direction
                                ? Math.addExact(sum, part.minor())
                                : Math.subtractExact(sum, part.minor());
            } catch (ArithmeticException e) {
                return false;
            }
        }
        return sum == whole.minor();
    }

    private StatementLine line(
            XmlElement entry, EntryDetail detail, Direction direction, Amount amount) {
        Standing standing = standing(entry);
        LocalDate bookingDate = bookingDate(entry);
        String entryReference = GivenIds.given(entry.textAt("AcctSvcrRef"));
        return new StatementLine(
                references.name(
                        entryReference,
                        detail.reference(),
                        detail.endToEndId(),
                        direction,
                        amount,
                        standing,
                        bookingDate),
                direction,
                amount.minor(),
                amount.currency(),
                standing,
                bookingDate,
                detail.endToEndId(),
                detail.paymentInformationId() == null
                        ? batchPaymentInformationId()
                        : detail.paymentInformationId(),
                detail.reference() == null ? entryReference : detail.reference(),
                "true".equals(entry.textAt("RvslInd")) || "1".equals(entry.textAt("RvslInd")),
                returned(entry, detail),
                EntryCharges.of(entry, detail, direction, amount));
    }

    private static Standing standing(XmlElement entry) {
        XmlElement status = entry.find("Sts").orElseThrow();
        String code = status.textAt("Cd");
        return switch (code == null ? status.text() : code) {
            case "BOOK" -> Standing.BOOKED;
            case "PDNG" -> Standing.PENDING;
            default -> Standing.INFORMATION;
        };
    }

    private static @Nullable LocalDate bookingDate(XmlElement entry) {
        Optional<XmlElement> date =
                entry.find("BookgDt").flatMap(found -> found.children().stream().findFirst());
        if (date.isEmpty()) {
            return null;
        }
        String text = date.get().text();
        boolean hasTime = date.get().name().equals("DtTm") && text.length() > DATE_CHARACTERS;
        try {
            return LocalDate.parse(
                    hasTime ? text.substring(0, DATE_CHARACTERS) : text,
                    DateTimeFormatter.ISO_DATE);
        } catch (DateTimeException e) {
            throw date.get().malformed("\"" + text + "\": expected a date of the years 0 to 9999");
        }
    }

    private @Nullable String batchPaymentInformationId() {
        Stream<String> ids =
                batches.stream()
                        .map(batch -> batch.textAt("PmtInfId"))
                        .distinct()
                        .flatMap(Stream::ofNullable);
        List<String> different = ids.toList();
        return different.size() == 1 ? different.getFirst() : null;
    }

    private static @Nullable Return returned(XmlElement entry, EntryDetail detail) {
        if (detail.returned() != null) {
            return detail.returned();
        }
        return EntryDetail.isReturn(entry) ? new Return(null) : null;
    }
}
