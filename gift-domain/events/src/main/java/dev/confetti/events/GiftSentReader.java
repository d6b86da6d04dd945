package dev.confetti.events;

import dev.confetti.events.GiftEvent.GiftSent;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads the event that nearly all are, as {@link EventCodec} writes it, in a third of the time that
 * reflection takes. Whatever is not exactly of that form is left to the mapper, which alone says
 * what it is or what is wrong with it. For one event.
 */
final class GiftSentReader {
    private static final int UUID_LENGTH = 36;

    /** All fields but {@code viewerName}, a bit for each. */
    private static final int ALL = (1 << 20) - 1;

    private static final UUID NO_ID = new UUID(0, 0);

    private final JsonParser in;
    private boolean odd;
    private int seen;
    private UUID giftSendId = NO_ID;
    private String viewerId = "";
    private @Nullable String viewerName;
    private String liveId = "";
    private String creatorId = "";
    private String giftId = "";
    private String giftName = "";
    private int tier;
    private int quantity;
    private long unitCoins;
    private long coins;
    private List<LotShare> lots = List.of();
    private long promoCoins;
    private int shareBps;
    private Diamonds diamonds = Diamonds.ZERO;
    private long rateMicros;
    private String payoutCurrency = "";
    private UUID comboId = NO_ID;
    private int comboCount;
    private int catalogueVersion;
    private long comboWindowMs;

    private GiftSentReader(JsonParser in) {
        this.in = in;
    }

    /** The event; null when it is not of the usual form. */
    static @Nullable GiftSent read(JsonParser json) {
        try {
            return new GiftSentReader(json).read();
        } catch (JacksonException | IllegalArgumentException e) {
            return null;
        }
    }

    private @Nullable GiftSent read() {
        if (in.nextToken() != JsonToken.START_OBJECT) {
            return null;
        }
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            in.nextToken();
            take(name);
            if (odd) {
                return null;
            }
        }
        if (in.currentToken() != JsonToken.END_OBJECT || in.nextToken() != null || seen != ALL) {
            return null;
        }
        return new GiftSent(
                giftSendId,
                viewerId,
                viewerName,
                liveId,
                creatorId,
                giftId,
                giftName,
                tier,
                quantity,
                unitCoins,
                coins,
                lots,
                promoCoins,
                shareBps,
                diamonds,
                rateMicros,
                payoutCurrency,
                comboId,
                comboCount,
                catalogueVersion,
                comboWindowMs);
    }

    private void take(String name) {
        switch (name) {
            case "giftSendId" -> giftSendId = uuid(0);
            case "viewerId" -> viewerId = text(1);
            case "viewerName" -> viewerName = textOrNull();
            case "liveId" -> liveId = text(2);
            case "creatorId" -> creatorId = text(3);
            case "giftId" -> giftId = text(4);
            case "giftName" -> giftName = text(5);
            case "tier" -> tier = integer(6);
            case "quantity" -> quantity = integer(7);
            case "unitCoins" -> unitCoins = number(8);
            case "coins" -> coins = number(9);
            case "lots" -> lots = lots(10);
            case "promoCoins" -> promoCoins = number(11);
            case "shareBps" -> shareBps = integer(12);
            case "diamonds" -> diamonds = Diamonds.parse(text(13));
            case "rateMicros" -> rateMicros = number(14);
            case "payoutCurrency" -> payoutCurrency = text(15);
            case "comboId" -> comboId = uuid(16);
            case "comboCount" -> comboCount = integer(17);
            case "catalogueVersion" -> catalogueVersion = integer(18);
            case "comboWindowMs" -> comboWindowMs = number(19);
            default -> in.skipChildren();
        }
    }

    private boolean is(JsonToken token) {
        odd |= in.currentToken() != token;
        return !odd;
    }

    private String text(int bit) {
        seen |= 1 << bit;
        return is(JsonToken.VALUE_STRING) ? in.getString() : "";
    }

    private @Nullable String textOrNull() {
        return in.currentToken() == JsonToken.VALUE_NULL
                ? null
                : is(JsonToken.VALUE_STRING) ? in.getString() : null;
    }

    private int integer(int bit) {
        seen |= 1 << bit;
        return is(JsonToken.VALUE_NUMBER_INT) ? in.getIntValue() : 0;
    }

    private long number(int bit) {
        seen |= 1 << bit;
        return number();
    }

    private long number() {
        return is(JsonToken.VALUE_NUMBER_INT) ? in.getLongValue() : 0;
    }

    private UUID uuid(int bit) {
        seen |= 1 << bit;
        return uuid();
    }

    private UUID uuid() {
        if (!is(JsonToken.VALUE_STRING)) {
            return NO_ID;
        }
        String text = in.getString();
        if (text.length() != UUID_LENGTH
                || text.charAt(8) != '-'
                || text.charAt(13) != '-'
                || text.charAt(18) != '-'
                || text.charAt(23) != '-') {
            odd = true;
            return NO_ID;
        }
        return UUID.fromString(text);
    }

    private List<LotShare> lots(int bit) {
        seen |= 1 << bit;
        List<LotShare> shares = new ArrayList<>(2);
        if (is(JsonToken.START_ARRAY)) {
            while (!odd && in.nextToken() != JsonToken.END_ARRAY) {
                shares.add(share());
            }
        }
        return shares;
    }

    private LotShare share() {
        UUID lotId = NO_ID;
        long ofLot = 0;
        boolean hasId = false;
        boolean hasCoins = false;
        if (is(JsonToken.START_OBJECT)) {
            for (String name = in.nextName(); name != null; name = in.nextName()) {
                in.nextToken();
                switch (name) {
                    case "lotId" -> {
                        lotId = uuid();
                        hasId = true;
                    }
                    case "coins" -> {
                        ofLot = number();
                        hasCoins = true;
                    }
                    default -> in.skipChildren();
                }
            }
            odd |= !hasId || !hasCoins || in.currentToken() != JsonToken.END_OBJECT;
        }
        return new LotShare(lotId, ofLot);
    }
}
