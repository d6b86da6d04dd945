package dev.confetti.gift.finance;

import java.time.Instant;
import java.time.YearMonth;
import java.util.UUID;

/**
 * Closes a month.
 *
 * @param eventId of the event that it leads to
 * @param inLog where the month ends in the log
 * @param by who says so
 */
record ClosePeriod(UUID eventId, Instant at, YearMonth month, MonthInLog inLog, String by) {}
