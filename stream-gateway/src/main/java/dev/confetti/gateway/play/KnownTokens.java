package dev.confetti.gateway.play;

import dev.confetti.gateway.play.PlayGate.Claims;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Tokens whose signature was found good, so that a player of HLS, which shows its own some five
 * times a second, has it checked once. When full, what was not asked for since it was last full is
 * forgotten. Thread-safe.
 */
final class KnownTokens {
    private final int most;
    private volatile Map<String, Claims> young = new ConcurrentHashMap<>();
    private volatile Map<String, Claims> old = Map.of();

    /**
     * @param most that are young; as many older ones are there beside them
     */
    KnownTokens(int most) {
        this.most = most;
    }

    @Nullable Claims get(String token) {
        Claims claims = young.get(token);
        if (claims == null) {
            claims = old.get(token);
            if (claims != null) {
                put(token, claims);
            }
        }
        return claims;
    }

    /** Two threads that find it full at once may forget a little more than needed. */
    void put(String token, Claims claims) {
        Map<String, Claims> into = young;
        if (into.size() >= most) {
            old = into;
            into = new ConcurrentHashMap<>();
            young = into;
        }
        into.put(token, claims);
    }

    /** How many are kept, about. */
    int size() {
        return young.size() + old.size();
    }
}
