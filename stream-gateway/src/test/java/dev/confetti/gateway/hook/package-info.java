@NullMarked
package dev.confetti.gateway.hook;

import org.jspecify.annotations.NullMarked;
