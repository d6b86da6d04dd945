/** Tells an operator's own server of publishers and viewers that come and go. */
@NullMarked
package dev.confetti.gateway.hook;

import org.jspecify.annotations.NullMarked;
