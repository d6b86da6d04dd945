/** Card payments by Stripe: checkout, signed webhooks, refunds, disputes. */
@NullMarked
package dev.confetti.gift.stripe;

import org.jspecify.annotations.NullMarked;
