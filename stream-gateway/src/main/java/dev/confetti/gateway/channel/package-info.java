/** Small helps for Netty channels. */
@NullMarked
package dev.confetti.gateway.channel;

import org.jspecify.annotations.NullMarked;
