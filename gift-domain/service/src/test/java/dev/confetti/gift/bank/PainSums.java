package dev.confetti.gift.bank;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers and sums of a pain.001 file, read without any XML parser. */
record PainSums(List<String> all) {
    private static final Pattern TOTALS =
            Pattern.compile("<NbOfTxs>(\\d+)</NbOfTxs>\\s*<CtrlSum>([0-9.]+)</CtrlSum>");

    static PainSums of(byte[] file) {
        List<String> all = new ArrayList<>();
        Matcher totals = TOTALS.matcher(new String(file, StandardCharsets.UTF_8));
        while (totals.find()) {
            all.add(totals.group(1) + " of " + totals.group(2));
        }
        return new PainSums(all);
    }

    static PainSums expected(List<CreditTransfer> transfers) {
        List<String> all = new ArrayList<>();
        all.add(total(transfers));
        transfers.stream()
                .map(CreditTransfer::currency)
                .distinct()
                .sorted()
                .forEach(
                        currency ->
                                all.add(
                                        total(
                                                transfers.stream()
                                                        .filter(
                                                                each ->
                                                                        each.currency()
                                                                                .equals(currency))
                                                        .toList())));
        return new PainSums(all);
    }

    private static String total(List<CreditTransfer> transfers) {
        BigDecimal sum = BigDecimal.ZERO;
        for (CreditTransfer each : transfers) {
            int digits = Currency.getInstance(each.currency()).getDefaultFractionDigits();
            sum = sum.add(new BigDecimal(each.amountMinor() + "e-" + digits));
        }
        return transfers.size() + " of " + sum.toPlainString();
    }
}
