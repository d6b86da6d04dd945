/** Hand-written fakes and small clients for tests. */
@NullMarked
package dev.confetti.gateway.fake;

import org.jspecify.annotations.NullMarked;
