/** How requests are read: strict JSON, idempotency keys, cursors. */
@NullMarked
package dev.confetti.gift.http;

import org.jspecify.annotations.NullMarked;
