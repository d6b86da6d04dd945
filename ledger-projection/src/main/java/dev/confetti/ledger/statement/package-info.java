/** What a creator earned and was paid in a month. */
@NullMarked
package dev.confetti.ledger.statement;

import org.jspecify.annotations.NullMarked;
