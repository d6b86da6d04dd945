package dev.confetti.gift.access;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request of somebody of finance or administration.
 *
 * @param person the token's subject
 * @param roles of the token
 * @param path as it was asked for
 * @param query what followed the question mark; null when nothing did
 * @param status of the answer
 * @param access grows from one to the next, with gaps
 */
public record StaffAccess(
        Instant at,
        @Schema(example = "fin-7", description = "the token's subject") String person,
        @Schema(example = "[\"finance\"]") List<String> roles,
        @Schema(example = "GET") String method,
        @Schema(example = "/v1/payouts") String path,
        @Schema(example = "limit=20") @Nullable String query,
        @Schema(example = "200", description = "of the answer") int status,
        @JsonIgnore long access) {
    public StaffAccess {
        roles = List.copyOf(roles);
    }
}
