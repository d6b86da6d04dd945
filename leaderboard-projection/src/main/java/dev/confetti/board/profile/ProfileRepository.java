package dev.confetti.board.profile;

import com.redis.om.spring.repository.RedisEnhancedRepository;

/** The documents by id. Only {@code save} and {@code findById} work on a server without search. */
public interface ProfileRepository extends RedisEnhancedRepository<Profile, String> {}
