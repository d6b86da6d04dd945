/** What events get on top when they are published. */
@NullMarked
package dev.confetti.gift.publishing;

import org.jspecify.annotations.NullMarked;
