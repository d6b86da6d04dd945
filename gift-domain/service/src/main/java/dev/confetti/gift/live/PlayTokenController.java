package dev.confetti.gift.live;

import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import dev.confetti.gift.problem.Refuses;
import dev.confetti.gift.signin.Caller;
import dev.confetti.gift.signin.Role;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Gives viewers the tokens by which they play lives. */
@RestController
public class PlayTokenController {
    /** Longer than nearly all lives: HLS shows its token to the end. */
    private static final Duration USUAL = Duration.ofHours(12);

    private static final Duration LONGEST = Duration.ofDays(1);

    /** For players that somebody sets up once, such as an overlay in OBS. */
    private static final Duration LONGEST_FOR_CREATOR = Duration.ofDays(30);

    private final Lives lives;
    private final PlayTokens tokens;

    public PlayTokenController(Lives lives, PlayTokens tokens) {
        this.lives = lives;
        this.tokens = tokens;
    }

    /** A token for the live's play URLs, as {@code ?token=}; it is good before that time. */
    public record PlayToken(String token, Instant expiresAt) {
        static PlayToken of(PlayTokens.Signed signed) {
            return new PlayToken(signed.token(), signed.expiresAt());
        }

        @Override
        public String toString() {
            return "play token until " + expiresAt;
        }
    }

    /** For viewers; creators get tokens of their own lives, and longer ones. */
    @PostMapping("/v1/lives/{liveId}/play-tokens")
    @ResponseStatus(HttpStatus.CREATED)
    @Refuses({ProblemType.PLAY_TOKENS_OFF, ProblemType.UNKNOWN_LIVE, ProblemType.LIVE_ENDED})
    public PlayToken issue(
            Caller caller, @PathVariable String liveId, @RequestBody PlayTokenRequest request) {
        if (!tokens.required()) {
            throw new RefusedException(
                    ProblemType.PLAY_TOKENS_OFF,
                    "play tokens are not asked for here: expected play URLs as they are");
        }
        LiveRow live = lives.live(liveId).orElseThrow(() -> LiveProblems.unknown(liveId));
        boolean own = live.creatorId().equals(caller.id());
        if (!own && !caller.roles().contains(Role.VIEWER)) {
            throw new RefusedException(
                    ProblemType.FORBIDDEN,
                    "live "
                            + liveId
                            + " is another creator's; expected one of yours, or the role viewer");
        }
        Duration goodFor = goodFor(request, own ? LONGEST_FOR_CREATOR : LONGEST);
        if (live.status() == LiveStatus.ENDED) {
            throw LiveProblems.ended(liveId);
        }
        return PlayToken.of(tokens.sign(caller.id(), liveId, goodFor));
    }

    private static Duration goodFor(PlayTokenRequest request, Duration longest) {
        long seconds = Objects.requireNonNullElse(request.seconds(), USUAL.toSeconds());
        if (seconds < 1 || seconds > longest.toSeconds()) {
            throw new RefusedException(
                    ProblemType.MALFORMED_REQUEST,
                    "seconds " + seconds + ": expected 1 to " + longest.toSeconds());
        }
        return Duration.ofSeconds(seconds);
    }
}
