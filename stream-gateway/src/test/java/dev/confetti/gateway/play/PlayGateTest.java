package dev.confetti.gateway.play;

import static dev.confetti.gateway.fake.HandMadeToken.SECRET;
import static dev.confetti.gateway.fake.HandMadeToken.base64;
import static dev.confetti.gateway.fake.HandMadeToken.claiming;
import static dev.confetti.gateway.fake.HandMadeToken.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlayGateTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

    /** Made and signed by another program. */
    private static final String GOOD =
            "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9"
                    + ".eyJzdWIiOiJ6b2UiLCJsaXZlIjoibGl2ZTEiLCJhdWQiOiJjb25mZXR0aS1wbGF5IiwiaWF0IjoxODAwMDAwMDAwLCJleHAiOjE4MDAwMDM2MDB9"
                    + ".zqbA31SIUz9Bh11HIK0oPn3qB5ltuDgVWZq2ejAjcC0";

    private static final String CLAIMS =
            "{\"sub\":\"zoe\",\"live\":\"live1\",\"aud\":\"confetti-play\",\"exp\":1800003600}";

    private Instant now = NOW;
    private final PlayGate gate = PlayGate.of(SECRET, () -> now);

    @Test
    void aTokenOfTheServiceIsGoodForItsLiveUntilItExpires() {
        assertThat(gate.check("live1", GOOD)).isEqualTo(new PlayRight.Granted("zoe", GOOD));
        assertThat(gate.check("live2", GOOD))
                .isEqualTo(
                        new PlayRight.Refused(
                                PlayRight.Why.INVALID,
                                "play token of another live: expected one of live live2"));
        now = Instant.ofEpochSecond(1_800_003_599);
        assertThat(gate.check("live1", GOOD)).isInstanceOf(PlayRight.Granted.class);
        now = Instant.ofEpochSecond(1_800_003_600);
        assertThat(gate.check("live1", GOOD))
                .as("expired, though known")
                .isEqualTo(
                        new PlayRight.Refused(
                                PlayRight.Why.EXPIRED,
                                "play token: expired at 2027-01-15T09:00:00Z, ask for another"));
    }

    @Test
    void severalAudiencesMayBeNamed() {
        assertThat(
                        gate.check(
                                "live1",
                                claiming(
                                        CLAIMS.replace(
                                                "\"confetti-play\"", "[\"x\",\"confetti-play\"]"))))
                .isInstanceOf(PlayRight.Granted.class);
    }

    @Test
    void noTokenIsSaidSo() {
        assertThat(gate.check("live1", ""))
                .isEqualTo(
                        new PlayRight.Refused(
                                PlayRight.Why.MISSING,
                                "no play token: expected ?token=… from POST"
                                        + " /v1/lives/live1/play-tokens"));
    }

    @Test
    void whatIsNoTokenOfOursIsRefusedAndNotRepeated() {
        Map<String, String> expected = new LinkedHashMap<>();
        String hs256 = "expected a JWT signed with HS256";
        String ours = "expected one that the service signed";
        String shape = "expected a JWT of at most 2048 characters, got ";
        expected.put("x", shape + 1);
        expected.put(GOOD + "\"", shape + (GOOD.length() + 1));
        expected.put(" " + GOOD, shape + (GOOD.length() + 1));
        expected.put(GOOD + "." + GOOD, shape + (2 * GOOD.length() + 1));
        expected.put("a.b." + "c".repeat(2045), shape + 2049);
        expected.put("a.b.c", hs256);
        String none = base64("{\"alg\":\"none\"}") + "." + base64(CLAIMS);
        expected.put(none + ".", shape + (none.length() + 1));
        expected.put(none + ".AA", hs256);
        expected.put(
                signed("{\"alg\":\"HS512\"}", CLAIMS, SECRET.repeat(2), "HmacSHA512"),
                "expected one signed with HS256");
        expected.put(
                signed("{\"alg\":\"RS256\"}", CLAIMS, SECRET, "HmacSHA256"),
                "expected one signed with HS256");
        expected.put(
                signed("{\"alg\":\"HS256\"}", CLAIMS, SECRET.replace('0', '9'), "HmacSHA256"),
                ours);
        expected.put(
                signed(
                        "{\"alg\":\"HS256\",\"crit\":[\"exp\"],\"exp\":1}",
                        CLAIMS,
                        SECRET,
                        "HmacSHA256"),
                ours);
        expected.put(
                GOOD.substring(0, GOOD.indexOf('.') + 1)
                        + base64(CLAIMS.replace("zoe", "ada"))
                        + GOOD.substring(GOOD.lastIndexOf('.')),
                ours);
        expected.put(GOOD.substring(0, GOOD.length() - 3), ours);
        String audience = "expected aud \"confetti-play\"";
        expected.put(claiming(CLAIMS.replace("confetti-play", "other")), audience);
        expected.put(claiming(CLAIMS.replace("\"aud\"", "\"for\"")), audience);
        String claims = "expected the claims sub, live and exp";
        expected.put(claiming(CLAIMS.replace("\"sub\"", "\"who\"")), claims);
        expected.put(claiming(CLAIMS.replace("zoe", "")), claims);
        expected.put(claiming(CLAIMS.replace("\"live\"", "\"what\"")), claims);
        expected.put(claiming(CLAIMS.replace("\"exp\"", "\"until\"")), claims);
        expected.put(claiming(CLAIMS.replace("\"live1\"", "7")), hs256);
        expected.put(claiming("[]"), audience);
        expected.put(claiming("{"), hs256);
        expected.forEach(
                (token, detail) ->
                        assertThat(gate.check("live1", token))
                                .as(token)
                                .isEqualTo(
                                        new PlayRight.Refused(
                                                PlayRight.Why.INVALID, "play token: " + detail)));
    }

    @Test
    void withoutASecretEverybodyMayPlayWhateverTheyShow() {
        PlayGate open = PlayGate.of("", InstantSource.system());
        assertThat(open.check("live1", "")).isSameAs(PlayRight.ANYBODY);
        assertThat(open.check("live1", GOOD)).isSameAs(PlayRight.ANYBODY);
        assertThat(PlayRight.ANYBODY.query()).isEmpty();
    }

    @Test
    void aSecretThatCouldBeGuessedIsRefused() {
        assertThatThrownBy(() -> PlayGate.of("0".repeat(31), InstantSource.system()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("play-token-secret of 31 bytes: expected at least 32, or none");
        // Bytes count, not characters.
        assertThat(PlayGate.of("é".repeat(16), InstantSource.system())).isNotNull();
    }

    @Test
    void whatIsKnownOfTokensIsBoundedAndUsedOnesStay() {
        KnownTokens known = new KnownTokens(10);
        PlayGate.Claims claims = new PlayGate.Claims("zoe", "live1", NOW);
        known.put("used", claims);
        for (int i = 0; i < 1000; i++) {
            known.put("token" + i, claims);
            assertThat(known.get("used")).isSameAs(claims);
            assertThat(known.size()).isLessThanOrEqualTo(21);
        }
        assertThat(known.get("token0")).isNull();
    }

    @Test
    void aTokenIsNotInWhatIsPrinted() {
        assertThat(gate.check("live1", GOOD)).hasToString("Granted[viewerId=zoe]");
    }
}
