/** The log of who asked the ledger what. */
@NullMarked
package dev.confetti.ledger.access;

import org.jspecify.annotations.NullMarked;
