/** The ledger's hand-worked example, lived through the API. */
@NullMarked
package dev.confetti.e2e.life;

import org.jspecify.annotations.NullMarked;
