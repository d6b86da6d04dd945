@NullMarked
package dev.confetti.ledger.proof;

import org.jspecify.annotations.NullMarked;
