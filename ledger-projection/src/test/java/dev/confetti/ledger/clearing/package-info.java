@NullMarked
package dev.confetti.ledger.clearing;

import org.jspecify.annotations.NullMarked;
