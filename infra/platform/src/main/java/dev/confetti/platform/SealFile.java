package dev.confetti.platform;

import dev.confetti.ledger.seal.Seal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A seal as the finance API answers it, in a file. */
final class SealFile {
    private SealFile() {}

    /**
     * Reads one.
     *
     * @param option that named the file
     * @throws PlatformException when it cannot be read, naming what is missing
     */
    static Seal read(String option, Path file) {
        JsonNode json;
        try {
            json = new JsonMapper().readTree(Files.readAllBytes(file));
        } catch (IOException | JacksonException e) {
            throw new PlatformException(
                    option + " " + file + ": expected a seal in JSON, found " + e.getMessage(), e);
        }
        try {
            return new Seal(
                    text(json, "period"),
                    number(json, "position"),
                    number(json, "throughPosition"),
                    number(json, "entries"),
                    text(json, "chain"),
                    text(json, "balances"),
                    text(json, "logHash"),
                    Instant.parse(text(json, "sealedAt")),
                    text(json, "publicKey"),
                    text(json, "signature"));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new PlatformException(option + " " + file + ": " + e.getMessage(), e);
        }
    }

    private static String text(JsonNode json, String name) {
        JsonNode value = json.path(name);
        if (!value.isString()) {
            throw new IllegalArgumentException(
                    name + " " + value + ": expected a text in this field of a seal");
        }
        return value.asString();
    }

    private static long number(JsonNode json, String name) {
        JsonNode value = json.path(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new IllegalArgumentException(
                    name + " " + value + ": expected a whole number in this field of a seal");
        }
        return value.asLong();
    }
}
