/** AMF0, the value format of RTMP commands and of FLV script data. */
@NullMarked
package dev.confetti.gateway.amf;

import org.jspecify.annotations.NullMarked;
