@NullMarked
package dev.confetti.ledger.finance;

import org.jspecify.annotations.NullMarked;
