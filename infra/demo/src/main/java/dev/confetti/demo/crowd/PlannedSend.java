package dev.confetti.demo.crowd;

import dev.confetti.demo.api.Gift;

/**
 * A gift that someone is going to send.
 *
 * @param atMs when, counted from the script's beginning
 * @param person index in the crowd
 * @param burst sends of the same burst are one combo; each burst has a number of its own
 */
record PlannedSend(long atMs, int person, Gift gift, int quantity, long burst) {}
