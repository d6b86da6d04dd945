package dev.confetti.gift.sending;

import dev.confetti.gift.http.JsonRequest;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /v1/gift-sends}.
 *
 * @param comboId as an earlier answer named it; sends within the window are one combo also without
 */
public record SendGiftRequest(String liveId, String giftId, long quantity, @Nullable String comboId)
        implements JsonRequest {
    private static final int MOST_COMBO_ID_CHARACTERS = 255;

    public SendGiftRequest {
        if (comboId != null && comboId.length() > MOST_COMBO_ID_CHARACTERS) {
            throw new IllegalArgumentException(
                    "comboId of "
                            + comboId.length()
                            + " characters: expected at most "
                            + MOST_COMBO_ID_CHARACTERS);
        }
    }
}
