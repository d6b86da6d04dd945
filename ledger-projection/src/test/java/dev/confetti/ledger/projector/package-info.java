@NullMarked
package dev.confetti.ledger.projector;

import org.jspecify.annotations.NullMarked;
