/** The real thing: service instances on one PostgreSQL, and what goes wrong with them. */
@NullMarked
package dev.confetti.simulation.world;

import org.jspecify.annotations.NullMarked;
