/** The reference: what the economy must answer, in few words and without the service's code. */
@NullMarked
package dev.confetti.simulation.model;

import org.jspecify.annotations.NullMarked;
