/** What providers and the bank say beside what is booked, for finance to look at. */
@NullMarked
package dev.confetti.gift.reconciliation;

import org.jspecify.annotations.NullMarked;
