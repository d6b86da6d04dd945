package dev.confetti.board.standing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import redis.clients.jedis.UnifiedJedis;

/** A Lua script, by its text and its digest. */
public record Script(String text, String sha1) {

    static Script named(String file) {
        return named(Script.class, file);
    }

    /** The script of a file beside a class. */
    public static Script named(Class<?> home, String file) {
        try (InputStream in = home.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("script " + file + ": not in the jar");
            }
            byte[] bytes = in.readAllBytes();
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(bytes);
            return new Script(
                    new String(bytes, StandardCharsets.UTF_8), HexFormat.of().formatHex(digest));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    /** Makes every server that holds a shard know it. */
    public void load(UnifiedJedis redis) {
        for (Shard shard : Shard.all()) {
            redis.scriptLoad(text, shard.generationKey());
        }
    }
}
