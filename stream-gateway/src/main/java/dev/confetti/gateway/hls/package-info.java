/** HLS and LL-HLS (RFC 8216bis): a stream as playlists, segments and parts in CMAF. */
@NullMarked
package dev.confetti.gateway.hls;

import org.jspecify.annotations.NullMarked;
