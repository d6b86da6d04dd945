package dev.confetti.e2e;

import java.net.URI;

/** A process that answers over HTTP. */
interface Server {
    URI http(String path);
}
