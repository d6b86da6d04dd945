@NullMarked
package dev.confetti.ledger.statement;

import org.jspecify.annotations.NullMarked;
