package dev.confetti.gift.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.events.PersonId;
import org.junit.jupiter.api.Test;

class PersonsTest {
    @Test
    void anOpaqueSubjectIsItsOwnId() {
        assertThat(PersonId.of("viewer_42-A")).isEqualTo("viewer_42-A");
    }

    @Test
    void anyOtherSubjectIsMappedToTheSameIdEachTime() {
        // SHA-256 of the address, its first 24 bytes in base64url.
        assertThat(PersonId.of("ada@example.org"))
                .startsWith("p_")
                .hasSize(34)
                .matches("[A-Za-z0-9_-]{1,64}")
                .isEqualTo(PersonId.of("ada@example.org"))
                .isNotEqualTo(PersonId.of("bob@example.org"));
    }

    @Test
    void aNameIsShownWithoutWhatCannotBeSeen() {
        assertThat(Persons.shown("  Ada\u0000\n \u202eLovelace\u200b ", "p"))
                .isEqualTo("Ada Lovelace");
        assertThat(Persons.shown("\u0007", "p")).isEqualTo("p");
        assertThat(Persons.shown("x".repeat(65), "p")).isEqualTo("x".repeat(64));
        assertThat(Persons.shown("🎁".repeat(65), "p")).isEqualTo("🎁".repeat(64));
    }
}
