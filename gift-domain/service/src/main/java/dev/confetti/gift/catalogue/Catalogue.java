package dev.confetti.gift.catalogue;

import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The gifts that come with a build, at their first prices, by id; immutable. */
public final class Catalogue {
    private static final String RESOURCE = "/catalogue/gifts.json";
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                    .build();

    private final Map<String, Gift> gifts;

    /**
     * @param gifts in the order in which they are shown
     */
    public Catalogue(List<Gift> gifts) {
        Map<String, Gift> byId = new LinkedHashMap<>();
        for (Gift gift : gifts) {
            if (byId.putIfAbsent(gift.giftId(), gift) != null) {
                throw new IllegalArgumentException(
                        "gift " + gift.giftId() + " stands twice: expected each id once");
            }
        }
        this.gifts = Collections.unmodifiableMap(byId);
    }

    /** The catalogue that comes with this build. */
    public static Catalogue ofThisBuild() {
        try (InputStream json = Catalogue.class.getResourceAsStream(RESOURCE)) {
            if (json == null) {
                throw new IllegalStateException("resource " + RESOURCE + " is missing");
            }
            return new Catalogue(List.of(MAPPER.readValue(json, Gift[].class)));
        } catch (IOException e) {
            throw new IllegalStateException("resource " + RESOURCE + " cannot be read", e);
        }
    }

    public Optional<Gift> gift(String giftId) {
        return Optional.ofNullable(gifts.get(giftId));
    }

    public Collection<Gift> gifts() {
        return gifts.values();
    }

    /** The refusal of an id that no gift has. */
    public static RefusedException unknown(String giftId) {
        return new RefusedException(
                ProblemType.UNKNOWN_GIFT,
                "giftId \"" + giftId + "\": expected one of GET /v1/gifts");
    }
}
