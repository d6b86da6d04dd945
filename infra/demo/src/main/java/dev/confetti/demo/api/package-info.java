/** The platform's HTTP API, as the demo and the benches call it. */
@NullMarked
package dev.confetti.demo.api;

import org.jspecify.annotations.NullMarked;
