package dev.confetti.board.profile;

import org.springframework.data.annotation.Id;
import org.springframework.data.redis.core.RedisHash;

/**
 * A member's document: {@code profile:{memberId}}.
 *
 * @param name what people see
 */
@RedisHash(Profile.KEYSPACE)
public record Profile(@Id String id, String name) {
    static final String KEYSPACE = "profile";
}
