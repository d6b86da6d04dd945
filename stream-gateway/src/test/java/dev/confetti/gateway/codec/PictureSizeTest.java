package dev.confetti.gateway.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.gateway.fake.TestMedia;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PictureSizeTest {
    /** Written by x264: progressive with cropping, 4:4:4, interlaced, odd sides. */
    @ParameterizedTest
    @CsvSource({
        "6742c028da01e0089f97011000000300100000030320f1832a, 1920, 1080",
        "67f4001e919b281405fdc5e022000003000200000300641e2c5b2c, 638, 358",
        "6764001eacd940b424d8088000000300800000190f8a14cb, 720, 576",
        "67f4000b919b2859bc21360220000003002000000641e28532c0, 161, 91",
        "6742c00ddb0a04d808800000030080, 160, 608"
    })
    void theSizeIsThatOfTheCroppedPicture(String sps, int width, int height) {
        assertThat(PictureSize.read(TestMedia.hex(sps))).isEqualTo(new PictureSize(width, height));
    }

    @Test
    void theConfigurationTellsTheSizeOfItsFirstParameterSet() {
        AvcConfig config =
                AvcConfig.read(Unpooled.wrappedBuffer(TestMedia.hex(TestMedia.AVC_CONFIG)));
        assertThat(config.pictureSize()).isEqualTo(new PictureSize(160, 608));
        assertThat(
                        AvcConfig.read(Unpooled.wrappedBuffer(TestMedia.hex("0142c00dffe0 00")))
                                .pictureSize())
                .isNull();
    }

    @Test
    void whatIsCutShortOrBrokenSaysNothing() {
        byte[] sps = TestMedia.hex("6764001eacd940b424d8088000000300800000190f8a14cb");
        for (int length = 0; length < 10; length++) {
            assertThat(PictureSize.read(Arrays.copyOf(sps, length))).isNull();
        }
        assertThat(PictureSize.read(TestMedia.hex("6742c00d", "00".repeat(64)))).isNull();
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = sps.clone();
            for (int j = 0; j < 3; j++) {
                bytes[1 + random.nextInt(bytes.length - 1)] = (byte) random.nextInt();
            }
            PictureSize size = PictureSize.read(bytes);
            if (size != null) {
                assertThat(size.width()).as("seed %d", seed).isBetween(1, 65_535);
                assertThat(size.height()).as("seed %d", seed).isBetween(1, 65_535);
            }
        }
    }
}
