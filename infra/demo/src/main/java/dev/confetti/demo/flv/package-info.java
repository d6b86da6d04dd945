/** FLV: tags read from bytes, and the looped clip. */
@NullMarked
package dev.confetti.demo.flv;

import org.jspecify.annotations.NullMarked;
