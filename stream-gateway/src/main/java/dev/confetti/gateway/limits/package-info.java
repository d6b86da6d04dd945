/** Named maxima for everything that comes from the wire. */
@NullMarked
package dev.confetti.gateway.limits;

import org.jspecify.annotations.NullMarked;
