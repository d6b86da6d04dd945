@NullMarked
package dev.confetti.ledger;

import org.jspecify.annotations.NullMarked;
