package dev.confetti.gift.log;

import dev.confetti.events.LogRecord;
import java.util.List;
import java.util.NoSuchElementException;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.jspecify.annotations.Nullable;

/** An aggregate's events in order, read page by page, so that a long stream fits into memory. */
final class PagedEventStream implements DomainEventStream {
    private final EventLog log;
    private final AggregateName name;
    private final String aggregateIdentifier;
    private List<LogRecord> page = List.of();
    private int nextInPage;
    private long nextSequence;
    private boolean ended;
    private @Nullable Long lastSequence;

    PagedEventStream(EventLog log, AggregateName name, long firstSequence) {
        this.log = log;
        this.name = name;
        this.aggregateIdentifier = name.toString();
        this.nextSequence = firstSequence;
    }

    @Override
    public boolean hasNext() {
        if (nextInPage == page.size() && !ended) {
            page =
                    log.readStream(
                            name.streamType(), name.streamId(), nextSequence, LogQueries.PAGE_ROWS);
            nextInPage = 0;
            nextSequence += page.size();
            ended = page.size() < LogQueries.PAGE_ROWS;
        }
        return nextInPage < page.size();
    }

    @Override
    public DomainEventMessage<?> next() {
        DomainEventMessage<?> message = peek();
        nextInPage++;
        lastSequence = message.getSequenceNumber();
        return message;
    }

    @Override
    public DomainEventMessage<?> peek() {
        if (!hasNext()) {
            throw new NoSuchElementException("the stream " + aggregateIdentifier + " has ended");
        }
        return LogEventStorageEngine.message(page.get(nextInPage), aggregateIdentifier);
    }

    /** The sequence of the last event that was taken; null before the first. */
    @Override
    public @Nullable Long getLastSequenceNumber() {
        return lastSequence;
    }
}
