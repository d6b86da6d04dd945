/** The one arrow back: asking the service who may publish, and holding the lease. */
@NullMarked
package dev.confetti.gateway.control;

import org.jspecify.annotations.NullMarked;
