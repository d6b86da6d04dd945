/** From an idempotent request to one recorded event, and its answer again on a repeat. */
@NullMarked
package dev.confetti.gift.command;

import org.jspecify.annotations.NullMarked;
