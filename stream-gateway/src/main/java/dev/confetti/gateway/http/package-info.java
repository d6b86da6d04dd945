/** Media over HTTP: FLV, FLV in WebSocket, gifts as server-sent events. */
@NullMarked
package dev.confetti.gateway.http;

import org.jspecify.annotations.NullMarked;
