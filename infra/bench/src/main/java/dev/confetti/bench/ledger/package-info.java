/** The ledger alone: catching up from Kafka, its answers, and its peers on the same PostgreSQL. */
@NullMarked
package dev.confetti.bench.ledger;

import org.jspecify.annotations.NullMarked;
