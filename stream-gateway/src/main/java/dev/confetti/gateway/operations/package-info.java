/** What operators ask of a gateway, and tell it: streams, who watches, sending somebody away. */
@NullMarked
package dev.confetti.gateway.operations;

import org.jspecify.annotations.NullMarked;
