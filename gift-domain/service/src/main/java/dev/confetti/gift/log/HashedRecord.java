package dev.confetti.gift.log;

import dev.confetti.events.LogRecord;
import org.jspecify.annotations.Nullable;

/** A row as it is written, with its place in the chain. */
@SuppressWarnings("ArrayRecordComponent") // a row's raw bytes; rows are never compared
record HashedRecord(LogRecord record, byte @Nullable [] metadata, byte[] hash) {}
