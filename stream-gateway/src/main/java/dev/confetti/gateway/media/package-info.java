/** The vocabulary that all protocols share: frames, access units, track headers. */
@NullMarked
package dev.confetti.gateway.media;

import org.jspecify.annotations.NullMarked;
