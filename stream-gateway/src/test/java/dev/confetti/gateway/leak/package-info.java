/** Fails the tests when a Netty buffer leaks. */
@NullMarked
package dev.confetti.gateway.leak;

import org.jspecify.annotations.NullMarked;
