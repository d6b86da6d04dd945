/**
 * What finance staff do to the books by hand: adjustments and breakage by two persons, and the
 * close of months.
 */
@NullMarked
package dev.confetti.gift.finance;

import org.jspecify.annotations.NullMarked;
