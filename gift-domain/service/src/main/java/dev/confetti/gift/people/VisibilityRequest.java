package dev.confetti.gift.people;

import dev.confetti.gift.http.JsonRequest;

/**
 * The body of {@code PUT /v1/people/{id}/board-visibility}.
 *
 * @param hidden true: boards show the place without id and name
 */
public record VisibilityRequest(boolean hidden) implements JsonRequest {}
