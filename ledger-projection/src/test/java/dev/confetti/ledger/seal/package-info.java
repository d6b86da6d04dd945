@NullMarked
package dev.confetti.ledger.seal;

import org.jspecify.annotations.NullMarked;
