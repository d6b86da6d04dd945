package dev.confetti.gift.live;

import java.util.List;

/**
 * A live with what people call it.
 *
 * @param creatorName the creator's id when there is no name
 * @param title empty when it was forgotten
 */
record NamedLive(LiveRow row, String creatorName, String title, List<String> tags) {}
