@NullMarked
package dev.confetti.gift.http;

import org.jspecify.annotations.NullMarked;
