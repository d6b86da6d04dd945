package dev.confetti.gift.log;

import java.util.Map;
import java.util.Set;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.correlation.CorrelationDataProvider;

/** Copies a command's {@link LogMetadata} to the events that it brings forth. */
public final class LogCorrelation implements CorrelationDataProvider {
    private static final Set<String> KEYS = Set.of(LogMetadata.EVENT_ID, LogMetadata.OCCURRED_AT);

    @Override
    public Map<String, ?> correlationDataFor(Message<?> message) {
        MetaData all = message.getMetaData();
        // The usual case, without a copy: nothing else travels with our commands.
        if (all.size() == KEYS.size() && all.keySet().containsAll(KEYS)) {
            return all;
        }
        return all.subset(KEYS.toArray(String[]::new));
    }
}
