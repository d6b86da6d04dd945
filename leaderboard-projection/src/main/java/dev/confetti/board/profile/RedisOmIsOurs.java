package dev.confetti.board.profile;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;

/**
 * Keeps redis-om's automatic configuration out of the application: {@link ProfileDocuments} sets it
 * up in a context of its own.
 */
final class RedisOmIsOurs implements AutoConfigurationImportFilter {
    @Override
    public boolean[] match(
            @Nullable String[] classNames, AutoConfigurationMetadata autoConfigurationMetadata) {
        boolean[] kept = new boolean[classNames.length];
        for (int i = 0; i < kept.length; i++) {
            String name = classNames[i];
            kept[i] = name == null || !name.startsWith("com.redis.om.spring.");
        }
        return kept;
    }
}
