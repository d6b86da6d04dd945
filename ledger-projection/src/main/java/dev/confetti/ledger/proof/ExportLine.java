package dev.confetti.ledger.proof;

import dev.confetti.ledger.posting.Account;
import dev.confetti.ledger.posting.Asset;
import dev.confetti.ledger.posting.LotUse;
import dev.confetti.ledger.posting.Posting;
import dev.confetti.ledger.posting.Side;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A line of the journal's CSV: one posting, and what its entry has in each of its lines. Every
 * field must be written just as the export writes it, so that no character of it can be changed.
 *
 * @param number of the line, the header being the first
 * @param hash of the entry, 64 hexadecimal digits
 */
record ExportLine(
        long number,
        long position,
        Instant recordedAt,
        String type,
        UUID eventId,
        UUID reference,
        Posting posting,
        @Nullable UUID openedLot,
        List<LotUse> lotUses,
        String hash) {
    static final String HEADER =
            "position,recordedAt,type,eventId,reference,account,asset,side,amount,openedLot,"
                    + "lotUses,hash";
    private static final int COLUMNS = 12;
    private static final Map<String, Asset> OWN_ASSETS =
            Map.of("COIN", Asset.COIN, "DIAMOND", Asset.DIAMOND);

    /** The lot's id is no part of what is hashed: its purchase's position names it. */
    private static final UUID UNNAMED = new UUID(0, 0);

    static ExportLine read(long number, String text) throws ExportFault {
        String[] fields = text.split(",", -1);
        if (fields.length != COLUMNS) {
            throw new ExportFault(
                    number, fields.length + " columns: expected " + COLUMNS + ", " + HEADER);
        }
        Asset asset = asset(number, fields[6]);
        return new ExportLine(
                number,
                number(number, "position", fields[0]),
                instant(number, fields[1]),
                fields[2],
                uuid(number, "eventId", fields[3]),
                uuid(number, "reference", fields[4]),
                new Posting(
                        new Account(fields[5], asset),
                        side(number, fields[7]),
                        amount(number, asset, fields[8])),
                fields[9].isEmpty() ? null : uuid(number, "openedLot", fields[9]),
                lotUses(number, fields[10]),
                fields[11]);
    }

    /** Whether the other is of the same entry and says the same of it. */
    boolean sameEntry(ExportLine other) {
        return position == other.position
                && recordedAt.equals(other.recordedAt)
                && type.equals(other.type)
                && eventId.equals(other.eventId)
                && reference.equals(other.reference)
                && Objects.equals(openedLot, other.openedLot)
                && lotUses.equals(other.lotUses)
                && hash.equals(other.hash);
    }

    private static long number(long line, String name, String text) throws ExportFault {
        try {
            long value = Long.parseLong(text);
            if (Long.toString(value).equals(text)) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw unreadable(line, name, text, "a number");
        }
        throw unreadable(line, name, text, "a number");
    }

    private static Instant instant(long line, String text) throws ExportFault {
        try {
            Instant value = Instant.parse(text);
            if (value.toString().equals(text)
                    && value.equals(value.truncatedTo(ChronoUnit.MICROS))) {
                return value;
            }
        } catch (DateTimeException e) {
            throw unreadable(line, "recordedAt", text, "an instant to the microsecond");
        }
        throw unreadable(line, "recordedAt", text, "an instant to the microsecond");
    }

    private static UUID uuid(long line, String name, String text) throws ExportFault {
        try {
            UUID value = UUID.fromString(text);
            if (value.toString().equals(text)) {
                return value;
            }
        } catch (IllegalArgumentException e) {
            throw unreadable(line, name, text, "a UUID in lower case");
        }
        throw unreadable(line, name, text, "a UUID in lower case");
    }

    private static Asset asset(long line, String text) throws ExportFault {
        if (text.matches("[A-Z]{3}")) {
            return new Asset(text, Asset.FIAT_SCALE);
        }
        Asset own = OWN_ASSETS.get(text);
        if (own == null) {
            throw unreadable(line, "asset", text, "COIN, DIAMOND or a currency");
        }
        return own;
    }

    private static Side side(long line, String text) throws ExportFault {
        return switch (text) {
            case "D" -> Side.DEBIT;
            case "C" -> Side.CREDIT;
            default -> throw unreadable(line, "side", text, "D or C");
        };
    }

    private static long amount(long line, Asset asset, String text) throws ExportFault {
        String expected = "an amount above 0 with " + asset.scale() + " decimals";
        try {
            long value = new BigDecimal(text).movePointRight(asset.scale()).longValueExact();
            if (value > 0 && asset.decimal(value).equals(text)) {
                return value;
            }
        } catch (ArithmeticException | NumberFormatException e) {
            throw unreadable(line, "amount", text, expected);
        }
        throw unreadable(line, "amount", text, expected);
    }

    private static List<LotUse> lotUses(long line, String text) throws ExportFault {
        List<LotUse> uses = new ArrayList<>();
        if (text.isEmpty()) {
            return uses;
        }
        for (String use : text.split(" ", -1)) {
            String[] parts = use.split(":", -1);
            if (parts.length != 4) {
                throw unreadable(line, "lotUses", use, "lot:coins:revenue:commission");
            }
            uses.add(
                    new LotUse(
                            UNNAMED,
                            number(line, "lotUses", parts[0]),
                            number(line, "lotUses", parts[1]),
                            number(line, "lotUses", parts[2]),
                            number(line, "lotUses", parts[3])));
        }
        return uses;
    }

    private static ExportFault unreadable(long line, String name, String text, String expected) {
        return new ExportFault(line, name + " \"" + text + "\": expected " + expected);
    }
}
