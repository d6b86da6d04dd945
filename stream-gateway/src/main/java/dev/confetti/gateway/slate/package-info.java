/** What viewers see while a publisher is away. */
@NullMarked
package dev.confetti.gateway.slate;

import org.jspecify.annotations.NullMarked;
