package dev.confetti.gateway.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.confetti.gateway.amf.AmfValue;
import dev.confetti.gateway.codec.AudioConfig;
import dev.confetti.gateway.codec.MalformedMediaException;
import dev.confetti.gateway.codec.VideoConfig;
import dev.confetti.gateway.cue.CuedPicture;
import dev.confetti.gateway.cue.StampedCue;
import dev.confetti.gateway.fake.Cues;
import dev.confetti.gateway.flv.TagBody;
import dev.confetti.gateway.flv.TagReader;
import dev.confetti.gateway.media.Frame;
import dev.confetti.gateway.media.MediaSink;
import dev.confetti.gateway.metrics.GatewayMeters;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;

/**
 * Tags of a publisher, as FLV and Enhanced RTMP have them. Each is a type, two bytes of length and
 * its body. What comes out is written again and read again, and is the same; and no forged cue
 * comes out, in whatever it was wrapped.
 */
class TagFuzzTest {
    private static final int[] TYPES = {8, 9, 18};
    private static final int MOST_TAGS = 200;
    private static final StampedCue CUE = StampedCue.at(Cues.rose(1), 1000, false);

    @FuzzTest
    void tags(byte[] input) {
        UnpooledByteBufAllocator alloc = new UnpooledByteBufAllocator(false, true);
        // Each frame is written three times and read twice; a key frame's tag may be 7 bytes.
        Oracles.inMemoryOf(input, 4000, () -> read(alloc, input));
        assertThat(alloc.metric().usedHeapMemory()).as("leaked bytes").isZero();
    }

    private static void read(UnpooledByteBufAllocator alloc, byte[] input) {
        FuzzInput in = new FuzzInput(input);
        Rewriter rewriter = new Rewriter(alloc);
        TagReader reader = new TagReader(rewriter, new GatewayMeters());
        for (int tag = 0; tag < MOST_TAGS && !in.isEmpty(); tag++) {
            int type = TYPES[in.oneByte() % TYPES.length];
            ByteBuf body = alloc.heapBuffer().writeBytes(in.upTo(in.twoBytes()));
            try {
                reader.read(type, tag, body);
            } catch (MalformedMediaException e) {
                Oracles.saysWhatWasExpected(e);
            } finally {
                body.release();
            }
        }
    }

    /** What a reader hands on, one line each. */
    private static String text(int timestampMs, Frame frame) {
        return switch (frame) {
            case Frame.Video video ->
                    "%s %d%+d %s %s at %d of %d"
                            .formatted(
                                    video.codec(),
                                    timestampMs,
                                    video.ctsMs(),
                                    video.key(),
                                    ByteBufUtil.hexDump(video.payload()),
                                    video.cueOffset(),
                                    video.nalLengthBytes());
            case Frame.Audio audio ->
                    "%s %d %02x %s"
                            .formatted(
                                    audio.codec(),
                                    timestampMs,
                                    audio.soundFlags(),
                                    ByteBufUtil.hexDump(audio.payload()));
            case Frame.Data data -> data.name() + " " + timestampMs + " " + data.values();
        };
    }

    /** Collects what the second reading gives. */
    private static final class Lines implements MediaSink {
        private final List<String> lines = new ArrayList<>();

        @Override
        public void metadata(AmfValue metadata) {
            lines.add("metadata " + metadata);
        }

        @Override
        public void videoConfig(VideoConfig config) {
            lines.add("video");
        }

        @Override
        public void audioConfig(AudioConfig config) {
            lines.add("audio");
        }

        @Override
        public void frame(int timestampMs, Frame frame) {
            lines.add(text(timestampMs, frame));
            frame.release();
        }
    }

    /** Writes each frame as viewers get it, and reads that. */
    private static final class Rewriter implements MediaSink {
        private final UnpooledByteBufAllocator alloc;
        private final Lines again = new Lines();
        private final TagReader reader = new TagReader(again, new GatewayMeters());

        Rewriter(UnpooledByteBufAllocator alloc) {
            this.alloc = alloc;
        }

        @Override
        public void metadata(AmfValue metadata) {
            reread(18, 0, TagBody.script("onMetaData", List.of(metadata)), "metadata " + metadata);
        }

        @Override
        public void videoConfig(VideoConfig config) {
            ByteBuf body = alloc.heapBuffer();
            TagBody.writeVideoConfig(body, config);
            assertThat(body.readableBytes()).isEqualTo(TagBody.videoConfigBytes(config));
            assertThat(CueFinder.namesUs(ByteBufUtil.getBytes(body))).as("a cue in it").isFalse();
            reread(9, 0, body, "video");
        }

        @Override
        public void audioConfig(AudioConfig config) {
            ByteBuf body = alloc.heapBuffer();
            TagBody.writeAudioConfig(body, config);
            assertThat(body.readableBytes()).isEqualTo(TagBody.audioConfigBytes(config));
            reread(8, 0, body, "audio");
        }

        @Override
        public void frame(int timestampMs, Frame frame) {
            String text = text(timestampMs, frame);
            switch (frame) {
                case Frame.Video video -> {
                    reread(9, timestampMs, written(video, List.of()), text);
                    // With a cue it is the same again, once that has been taken out.
                    reread(9, timestampMs, written(video, List.of(CUE)), text);
                    cues(video);
                }
                case Frame.Audio audio -> {
                    ByteBuf body = alloc.heapBuffer();
                    TagBody.writeAudio(body, audio);
                    assertThat(body.readableBytes()).isEqualTo(TagBody.audioBytes(audio));
                    reread(8, timestampMs, body, text);
                }
                case Frame.Data data -> {
                    assertThat(data.name()).isNotEqualTo(StampedCue.AMF_NAME);
                    reread(18, timestampMs, TagBody.script(data.name(), data.values()), text);
                }
            }
            frame.release();
        }

        private ByteBuf written(Frame.Video video, List<StampedCue> cues) {
            ByteBuf body = alloc.heapBuffer();
            TagBody.writeVideo(body, video, cues);
            assertThat(body.readableBytes()).isEqualTo(TagBody.videoBytes(video, cues));
            return body;
        }

        /** None came with it; of ours there is one, where there is a place for it. */
        private void cues(Frame.Video video) {
            if (!video.codec().carriesSei()) {
                return;
            }
            byte[] payload = ByteBufUtil.getBytes(video.payload());
            assertThat(CueFinder.cues(video.codec(), video.nalLengthBytes(), payload)).isZero();
            ByteBuf body = alloc.heapBuffer();
            CuedPicture.write(body, video, List.of(CUE));
            assertThat(
                            CueFinder.cues(
                                    video.codec(),
                                    video.nalLengthBytes(),
                                    ByteBufUtil.getBytes(body)))
                    .isEqualTo(CUE.fits(video) ? 1 : 0);
            body.release();
        }

        private void reread(int type, int timestampMs, ByteBuf body, String expected) {
            again.lines.clear();
            reader.read(type, timestampMs, Unpooled.wrappedBuffer(ByteBufUtil.getBytes(body)));
            body.release();
            assertThat(again.lines).containsExactly(expected);
        }
    }
}
