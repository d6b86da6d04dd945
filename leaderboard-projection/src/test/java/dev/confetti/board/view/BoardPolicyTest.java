package dev.confetti.board.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class BoardPolicyTest {
    private static BoardPolicy set(Map<String, Object> settings) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", settings));
        return BoardPolicy.from(environment);
    }

    @Test
    void boardsAreOnAndShowAmountsByDefault() {
        assertThat(set(Map.of())).isEqualTo(new BoardPolicy(true, true));
        assertThat(set(Map.of("confetti.policy.sendsPerSecond", "5")))
                .isEqualTo(BoardPolicy.DEFAULT);
    }

    @Test
    void aPolicyIsFoundHoweverItsNameIsWritten() {
        for (String name : new String[] {"boardAmounts", "board-amounts", "BOARDAMOUNTS"}) {
            assertThat(set(Map.of("confetti.policy." + name, "false")))
                    .isEqualTo(new BoardPolicy(true, false));
        }
        assertThat(set(Map.of("confetti.policy.boards", " off ")))
                .isEqualTo(new BoardPolicy(false, true));
        StandardEnvironment variables = new StandardEnvironment();
        variables
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                                Map.of(
                                        "CONFETTI_POLICY_BOARDAMOUNTS", "false",
                                        "CONFETTI_POLICY_BOARDS", "off")));
        assertThat(BoardPolicy.from(variables)).isEqualTo(new BoardPolicy(false, false));
    }

    @Test
    void aValueThatIsNoneIsNamed() {
        assertThatThrownBy(() -> set(Map.of("confetti.policy.boards", "false")))
                .hasMessage("policy boards \"false\": expected on or off, such as on");
        assertThatThrownBy(() -> set(Map.of("confetti.policy.boardAmounts", "no")))
                .hasMessage("policy boardAmounts \"no\": expected true or false, such as true");
    }
}
