@NullMarked
package dev.confetti.ledger.rebuild;

import org.jspecify.annotations.NullMarked;
