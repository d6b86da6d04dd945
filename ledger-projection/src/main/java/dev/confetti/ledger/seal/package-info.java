/** Seals of closed months: what is signed, and by which key. Plain Java without I/O. */
@NullMarked
package dev.confetti.ledger.seal;

import org.jspecify.annotations.NullMarked;
