package dev.confetti.gift.access;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request of somebody of finance or administration.
 *
 * @param person the opaque id
 * @param roles those of the token, with spaces between them
 * @param path as it was asked for
 * @param query what followed it; null without one
 * @param status of the answer
 * @param access grows from one to the next
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StaffAccess(
        Instant at,
        String person,
        String roles,
        String method,
        String path,
        @Nullable String query,
        int status,
        @JsonIgnore long access) {}
