/** CMAF: init segments and chunks of one track each, as bytes (ISO/IEC 23000-19, 14496-12). */
@NullMarked
package dev.confetti.gateway.cmaf;

import org.jspecify.annotations.NullMarked;
