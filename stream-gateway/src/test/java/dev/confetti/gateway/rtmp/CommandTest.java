package dev.confetti.gateway.rtmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confetti.gateway.fake.TestMedia;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class CommandTest {
    private static final String PLAY = "02 0004 706c6179";

    @Test
    void theNameOfTheStreamIsTheFirstText() {
        String five = "00 4014000000000000";
        assertThat(read(PLAY + five + "05 02 0001 61").streamName()).isEqualTo("a");
        assertThat(read(PLAY + five + "02 0001 61 02 0001 62").streamName()).isEqualTo("a");
        assertThat(read(PLAY + five + "05 02 0001 61").transaction()).isEqualTo(5);
    }

    @Test
    void aTransactionMayBeMissing() {
        Command command = read(PLAY + "02 0001 61");
        assertThat(command.streamName()).isEqualTo("a");
        assertThat(command.transaction()).isZero();
        assertThat(read(PLAY).streamName()).isEmpty();
        assertThat(read(PLAY + "05 01 01").flag()).isTrue();
    }

    @Test
    void aCommandWithoutANameIsRefused() {
        for (String hex : new String[] {"", "05", "02 0000", "00 0000000000000000"}) {
            assertThatThrownBy(() -> read(hex)).isInstanceOf(RtmpException.class);
        }
    }

    private static Command read(String hex) {
        return Command.read(Unpooled.wrappedBuffer(TestMedia.hex(hex)));
    }
}
