/**
 * How persons are forgotten or hidden on boards, and what earlier versions kept of them in plain
 * text is sealed.
 */
@NullMarked
package dev.confetti.gift.people;

import org.jspecify.annotations.NullMarked;
