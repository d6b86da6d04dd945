package dev.confetti.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class EventIdsTest {
    @Test
    void sameRequestHasTheSameIdForEver() {
        // Worked out with Python: uuid.uuid5(namespace, length-prefixed parts), see the class.
        assertThat(EventIds.of("viewer-1", "send-gift", "k-1"))
                .isEqualTo(UUID.fromString("9b06d209-453f-5ef2-a2c8-90cd9c34d24d"));
    }

    @Test
    void derivedIdFollowsTheRfc() {
        // RFC 9562, appendix A.4: UUIDv5 of "www.example.com" in the DNS namespace.
        UUID dns = UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
        assertThat(EventIds.derived(dns, "www.example.com"))
                .isEqualTo(UUID.fromString("2ed6657d-e927-568b-95e1-2665a8aea6a2"));
    }

    @Test
    void partsDoNotRunIntoEachOther() {
        assertThat(EventIds.of("a", "bc", "d")).isNotEqualTo(EventIds.of("ab", "c", "d"));
        assertThat(EventIds.of("a", "b", "cd")).isNotEqualTo(EventIds.of("a", "bc", "d"));
    }

    @Test
    void twoCallersWithOneKeyHaveTwoIds() {
        assertThat(EventIds.of("viewer-1", "send-gift", "k"))
                .isNotEqualTo(EventIds.of("viewer-2", "send-gift", "k"));
    }
}
