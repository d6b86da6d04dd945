/**
 * The bank's messages: credit transfers as ISO 20022 pain.001, its status reports (pain.002) and
 * statements (camt.053). Plain Java, no database, no network.
 */
@NullMarked
package dev.confetti.gift.bank;

import org.jspecify.annotations.NullMarked;
