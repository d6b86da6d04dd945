package dev.confetti.ledger.finance;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program hledger, from 1.25 on, reading one journal. */
record Hledger(Path journal) {
    private static final Pattern ROW = Pattern.compile("\"([^\"]+)\",\"([^\"]+)\",\"([^\"]+)\"");

    static boolean isInstalled() {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            if (Files.isExecutable(Path.of(folder, "hledger"))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Runs it.
     *
     * @return what it says
     * @throws AssertionError when it does not accept the journal
     */
    String run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("hledger", "-f", journal.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(command + ": " + output);
        }
        return output;
    }

    /**
     * Sums of postings by account and asset, such as {@code 1010:bank USD}; none of 0.
     *
     * @param query which postings, in hledger's words
     */
    Map<String, BigDecimal> sums(String... query) throws IOException, InterruptedException {
        List<String> arguments =
                new ArrayList<>(
                        List.of("balance", "--flat", "--no-total", "-O", "csv", "--layout=bare"));
        arguments.addAll(List.of(query));
        Map<String, BigDecimal> sums = new TreeMap<>();
        for (String line : run(arguments.toArray(String[]::new)).lines().skip(1).toList()) {
            Matcher row = ROW.matcher(line);
            if (!row.matches()) {
                throw new IllegalArgumentException(
                        "\"" + line + "\": expected an account, its commodity and its sum");
            }
            sums.put(row.group(1) + " " + row.group(2), new BigDecimal(row.group(3)));
        }
        return sums;
    }
}
