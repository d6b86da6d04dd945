/** What comes out of the media port: FLV over HTTP, and cues in it. */
@NullMarked
package dev.confetti.bench.media;

import org.jspecify.annotations.NullMarked;
