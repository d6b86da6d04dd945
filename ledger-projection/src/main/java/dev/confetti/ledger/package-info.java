/** The ledger: double-entry books of every coin, diamond and cent, kept from the event log. */
@NullMarked
package dev.confetti.ledger;

import org.jspecify.annotations.NullMarked;
