/**
 * From Kafka, or from the event log itself, to the journal: every event once, in the log's order.
 */
@NullMarked
package dev.confetti.ledger.projector;

import org.jspecify.annotations.NullMarked;
