package dev.confetti.gateway.fake;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.confetti.gateway.channel.Connection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/** The lines that connections leave in the log when they end, from now on. */
public final class ConnectionLog implements AutoCloseable {
    private final Logger logger = (Logger) LoggerFactory.getLogger(Connection.class);
    private final List<Map<String, String>> lines = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender =
            new AppenderBase<>() {
                @Override
                protected void append(ILoggingEvent event) {
                    lines.add(
                            event.getKeyValuePairs().stream()
                                    .collect(
                                            Collectors.toMap(
                                                    pair -> pair.key,
                                                    pair -> String.valueOf(pair.value))));
                }
            };

    public ConnectionLog() {
        appender.start();
        logger.addAppender(appender);
    }

    /** The lines so far, each by its keys. */
    public List<Map<String, String>> lines() {
        return List.copyOf(lines);
    }

    /** Why the only connection that has ended did, once it has. */
    public String onlyEnd() throws Exception {
        Waiting.until("a connection has ended", () -> !lines.isEmpty());
        if (lines.size() > 1) {
            throw new AssertionError("expected one connection to end, but: " + lines);
        }
        return lines.getFirst().getOrDefault("end", "");
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
    }
}
