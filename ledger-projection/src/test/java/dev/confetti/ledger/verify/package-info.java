@NullMarked
package dev.confetti.ledger.verify;

import org.jspecify.annotations.NullMarked;
