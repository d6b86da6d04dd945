/** Hand-written stand-ins for the platform. */
@NullMarked
package dev.confetti.demo.stub;

import org.jspecify.annotations.NullMarked;
