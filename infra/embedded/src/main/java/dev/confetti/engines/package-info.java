/**
 * The three engines that Confetti stands on, started for real from one data folder: PostgreSQL,
 * Kafka and Redis.
 */
@NullMarked
package dev.confetti.engines;

import org.jspecify.annotations.NullMarked;
