/** Hand-worked lives and cases, from the request to the books. */
@NullMarked
package dev.confetti.e2e.life;

import org.jspecify.annotations.NullMarked;
