package dev.confetti.gift.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PoliciesTest {
    @Test
    void theDefaultsArePublishedByName() {
        assertThat(Policies.of(Map.of()).published())
                .containsEntry("earningsHold", "P7D")
                .containsEntry("payoutMinimumDiamonds", 1_000L)
                .containsEntry("creatorShareBps", 5_000L)
                .containsEntry("sendsPerSecond", 20L)
                .containsEntry("liveGrace", "PT60S")
                .containsEntry("priceLead", "PT1M")
                .containsEntry("coinsPerDay", 0L)
                .containsEntry("limitRaiseDelay", "PT24H")
                .containsEntry("boards", "on")
                .containsEntry("boardAmounts", true);
    }

    @Test
    void aChoiceReplacesItsDefaultHoweverItsNameIsWritten() {
        for (String name : new String[] {"liveGrace", "live-grace", "LIVEGRACE"}) {
            Policies policies = Policies.of(Map.of(name, "PT2S"));
            assertThat(policies.liveGrace()).isEqualTo(Duration.ofSeconds(2));
            assertThat(policies.published()).containsEntry("liveGrace", "PT2S");
        }
    }

    @Test
    void boardsCanBeSwitchedOffOrShownWithoutAmounts() {
        assertThat(Policies.of(Map.of("boards", "off", "board-amounts", "false")).published())
                .containsEntry("boards", "off")
                .containsEntry("boardAmounts", false);
    }

    @Test
    void anUnknownNameIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> Policies.of(Map.of("sendsPerMinute", "1")))
                .hasMessageContaining("\"sendsPerMinute\"")
                .hasMessageContaining("sendsPerSecond, coinsPerDay, limitRaiseDelay");
    }

    @Test
    void aValueOutOfRangeIsRefusedWithTheRange() {
        assertThatThrownBy(() -> Policies.of(Map.of("creatorShareBps", "10001")))
                .hasMessage(
                        "policy creatorShareBps \"10001\": expected a whole number from 0 to 10000,"
                                + " such as 5000");
        assertThatThrownBy(() -> Policies.of(Map.of("liveGrace", "60")))
                .hasMessageContaining("policy liveGrace \"60\": expected an ISO 8601 duration");
        assertThatThrownBy(() -> Policies.of(Map.of("priceLead", "PT29S")))
                .hasMessageContaining("policy priceLead \"PT29S\": expected")
                .hasMessageContaining("from PT30S");
        assertThatThrownBy(() -> Policies.of(Map.of("boards", "no")))
                .hasMessage("policy boards \"no\": expected on or off, such as on");
        assertThatThrownBy(() -> Policies.of(Map.of("boardAmounts", "0")))
                .hasMessage("policy boardAmounts \"0\": expected true or false, such as true");
        assertThatThrownBy(() -> Policies.of(Map.of("payoutCurrency", "usd")))
                .hasMessageContaining("ISO 4217");
        // Gold, no currency, and a test code: they have no minor unit to pay in.
        for (String code : new String[] {"XAU", "XXX", "XTS"}) {
            assertThatThrownBy(() -> Policies.of(Map.of("payoutCurrency", code)))
                    .hasMessage(
                            "policy payoutCurrency \""
                                    + code
                                    + "\": expected an ISO 4217 code of a currency with a minor"
                                    + " unit, such as USD");
        }
    }
}
