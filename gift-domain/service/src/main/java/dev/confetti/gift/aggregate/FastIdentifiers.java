package dev.confetti.gift.aggregate;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.axonframework.common.IdentifierFactory;

/**
 * Names for Axon's messages, which live as long as a command; found through {@code
 * META-INF/services}. Axon's own come from a SecureRandom, at a tenth of a command's time. Nothing
 * that is kept is named so: events have their ids from {@code EventIds}.
 */
public final class FastIdentifiers extends IdentifierFactory {
    @Override
    public String generateIdentifier() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = (random.nextLong() & 0xffff_ffff_ffff_0fffL) | 0x4000L;
        long low = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }
}
