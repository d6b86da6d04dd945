@NullMarked
package dev.confetti.ledger.journal;

import org.jspecify.annotations.NullMarked;
