/** What the gateway counts. */
@NullMarked
package dev.confetti.gateway.metrics;

import org.jspecify.annotations.NullMarked;
