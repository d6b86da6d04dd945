package dev.confetti.gift.log;

import java.util.HashMap;
import java.util.Map;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.correlation.CorrelationDataProvider;

/** Copies a command's {@link LogMetadata} to the events that it brings forth. */
public final class LogCorrelation implements CorrelationDataProvider {
    @Override
    public Map<String, ?> correlationDataFor(Message<?> message) {
        Map<String, Object> copied = new HashMap<>();
        for (String key : new String[] {LogMetadata.EVENT_ID, LogMetadata.OCCURRED_AT}) {
            Object value = message.getMetaData().get(key);
            if (value != null) {
                copied.put(key, value);
            }
        }
        return copied;
    }
}
