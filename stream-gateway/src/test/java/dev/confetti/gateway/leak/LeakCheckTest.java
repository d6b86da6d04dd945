package dev.confetti.gateway.leak;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeakCheckTest {
    @Test
    void aForgottenBufferIsFound() {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < 50 && found.isEmpty(); i++) {
            forget();
            found.addAll(LeakCheck.leaks());
        }
        assertThat(found).isNotEmpty();
        // Those of later rounds must not be blamed on the next class.
        LeakCheck.leaks();
    }

    @SuppressWarnings("CheckReturnValue")
    private static void forget() {
        ByteBufAllocator.DEFAULT.directBuffer(64).writeInt(1);
    }
}
