@NullMarked
package dev.confetti.ledger.posting;

import org.jspecify.annotations.NullMarked;
