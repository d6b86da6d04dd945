package dev.confetti.gift.bank;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** The sample files of {@code src/test/resources/bank} and the batch that they speak of. */
final class BankSamples {
    static final Debtor DEBTOR =
            new Debtor("Konfetti GmbH", new Iban("DE89370400440532013000"), "COBADEFFXXX");
    static final Iban NORWEGIAN = new Iban("NO9386011117947");
    static final Iban BRITISH = new Iban("GB29NWBK60161331926819");
    static final Iban MALTESE = new Iban("MT84MALT011000012345MTLCAST001S");

    private BankSamples() {}

    static UUID id(String end) {
        return UUID.fromString("0199a000-0000-7000-8000-0000000000" + end);
    }

    static CreditTransfer transfer(
            String end, long amountMinor, String currency, String name, Iban iban) {
        return new CreditTransfer(id(end), amountMinor, currency, name, iban);
    }

    static CreditTransferBatch batch(List<CreditTransfer> transfers) {
        return new CreditTransferBatch(
                id("b1"),
                Instant.parse("2026-03-02T09:30:15.987Z"),
                LocalDate.of(2026, 3, 3),
                DEBTOR,
                transfers);
    }

    static CreditTransferBatch batch() {
        return batch(
                List.of(
                        transfer("01", 10_050, "EUR", " René Müller‑Lösch & Söhne ", NORWEGIAN),
                        transfer("02", 5_000, "JPY", "Άννα", MALTESE),
                        transfer("03", 1_111, "EUR", "Ada Lovelace", BRITISH),
                        transfer("04", 1_235, "KWD", "Ada Lovelace", BRITISH)));
    }

    static byte[] bytes(String name) {
        try (InputStream in = BankSamples.class.getResourceAsStream("/bank/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(String name) {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }

    /** A sample with one place of it changed. */
    static byte[] changed(String name, String from, String to) {
        String text = text(name);
        int at = text.indexOf(from);
        if (at < 0) {
            throw new IllegalArgumentException(name + " has no " + from);
        }
        String changed = text.substring(0, at) + to + text.substring(at + from.length());
        return changed.getBytes(StandardCharsets.UTF_8);
    }
}
