package dev.confetti.gateway.hls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.gateway.codec.AacConfig;
import dev.confetti.gateway.codec.AudioCodec;
import dev.confetti.gateway.codec.AvcConfig;
import dev.confetti.gateway.codec.VideoCodec;
import dev.confetti.gateway.cue.StampedCue;
import dev.confetti.gateway.fake.Cues;
import dev.confetti.gateway.fake.Mp4;
import dev.confetti.gateway.fake.TestMedia;
import dev.confetti.gateway.media.AccessUnit;
import dev.confetti.gateway.media.Frame;
import dev.confetti.gateway.media.TrackHeaders;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Streams of any frame rate, regular or not, with B-frames, gaps in the sound and publishers that
 * come back, against what a player makes of them that follows the playlists part by part.
 */
class HlsRandomTest {
    private static final int RUNS = 120;
    private static final AvcConfig AVC =
            AvcConfig.read(Unpooled.wrappedBuffer(TestMedia.hex(TestMedia.AVC_CONFIG)));
    private static final AacConfig AAC =
            AacConfig.read(Unpooled.wrappedBuffer(TestMedia.hex(TestMedia.AAC_CONFIG)));
    private static final Pattern PART =
            Pattern.compile("#EXT-X-PART:DURATION=([\\d.]+),URI=\"(.+)\\.m4s\"(,INDEPENDENT=YES)?");

    @Test
    void eachUnitComesOnceAtItsTime() {
        for (int run = 0; run < RUNS; run++) {
            long seed = System.nanoTime();
            try {
                new Run(new Random(seed)).play();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    /** What was put in, in one track. */
    private record Fed(AccessUnit unit, int discontinuity) {}

    /** A player of one rendition. */
    private static final class Player {
        final HlsTrack track;
        final List<Mp4.Sample> samples = new ArrayList<>();
        final List<Integer> discontinuities = new ArrayList<>();
        final List<Mp4.Event> events = new ArrayList<>();
        final Map<String, Integer> partMs = new HashMap<>();
        final Set<String> promised = new HashSet<>();
        final List<String> order = new ArrayList<>();
        int lastSamples;

        Player(HlsTrack track) {
            this.track = track;
        }
    }

    private static final class Run {
        final Random random;
        final boolean sound;
        final boolean pictures;
        final double frameMs;
        final boolean regular;
        final int gop;
        final int reorder;
        final List<Fed> video = new ArrayList<>();
        final List<Fed> audio = new ArrayList<>();
        final Set<String> cues = new HashSet<>();
        final Player videoPlayer = new Player(HlsTrack.VIDEO);
        final Player audioPlayer = new Player(HlsTrack.AUDIO);
        final HlsOutput output;
        long nowMs;
        int number;
        int discontinuity;
        int breaks;
        boolean fedSince;

        Run(Random random) {
            this.random = random;
            this.pictures = random.nextInt(6) > 0;
            this.sound = !pictures || random.nextInt(4) > 0;
            double[] rates = {10, 12, 15, 20, 23.976, 24, 25, 29.97, 30, 48, 50, 59.94, 60};
            this.frameMs = 1000 / rates[random.nextInt(rates.length)];
            this.regular = random.nextInt(3) > 0;
            this.gop = 1 + random.nextInt((int) (6_000 / frameMs));
            this.reorder = random.nextInt(3);
            this.output =
                    new HlsOutput(
                            "live1",
                            HlsLimits.defaults(),
                            new HlsMemory(1 << 30),
                            ByteBufAllocator.DEFAULT,
                            0,
                            () -> nowMs,
                            () -> 1_000_000 + nowMs);
        }

        void play() {
            TrackHeaders headers = TrackHeaders.NONE;
            headers = pictures ? headers.withVideo(AVC) : headers;
            headers = sound ? headers.withAudio(AAC) : headers;
            output.headers(headers);
            double videoMs = random.nextInt(1000);
            double audioMs = videoMs + random.nextInt(40);
            int inGop = 0;
            int steps = (int) (20_000 / frameMs);
            double audioStepMs = 1024 * 1000.0 / (random.nextBoolean() ? 44_100 : 48_000);
            for (int i = 0; i < steps; i++) {
                if (pictures) {
                    boolean key = inGop % gop == 0;
                    feedVideo((long) videoMs, key, inGop);
                    inGop++;
                }
                videoMs += regular ? frameMs : frameMs * (0.4 + 1.2 * random.nextDouble());
                while (sound && audioMs < videoMs) {
                    feedAudio((long) audioMs);
                    audioMs += audioStepMs;
                }
                if (sound && pictures && random.nextInt(400) == 0) {
                    audioMs += 100 + random.nextInt(1_500); // a gap
                }
                if (random.nextInt(300) == 0) {
                    output.publisherGone();
                    discontinuity += fedSince ? 1 : 0;
                    fedSince = false;
                    breaks++;
                    videoMs = Math.max(videoMs, audioMs) + 50 + random.nextInt(5_000);
                    audioMs = videoMs;
                    inGop = 0;
                }
                nowMs += 40;
                follow();
            }
            output.end();
            follow();
            check(videoPlayer, video);
            check(audioPlayer, audio);
            Set<String> played = new HashSet<>();
            Set<Integer> ids = new HashSet<>();
            for (Mp4.Event event : videoPlayer.events) {
                assertThat(played.add(event.value())).isTrue();
                assertThat(ids.add(event.id())).isTrue();
            }
            assertThat(played).isEqualTo(cues);
            output.release();
            video.forEach(fed -> assertThat(payload(fed).refCnt()).isEqualTo(1));
            audio.forEach(fed -> assertThat(payload(fed).refCnt()).isEqualTo(1));
        }

        private static ByteBuf payload(Fed fed) {
            return switch (fed.unit().frame()) {
                case Frame.Video frame -> frame.payload();
                case Frame.Audio frame -> frame.payload();
                case Frame.Data _ -> Unpooled.EMPTY_BUFFER;
            };
        }

        private void feedVideo(long dtsMs, boolean key, int inGop) {
            ByteBuf payload = Unpooled.buffer().writeInt(8).writeInt(key ? 0x65 : 0x41);
            payload.writeInt(number++);
            int cts = reorder == 0 ? 0 : (int) (frameMs * (inGop % (reorder + 1)));
            AccessUnit unit =
                    new AccessUnit(
                            dtsMs,
                            new Frame.Video(VideoCodec.AVC, cts, key, payload, 4, key ? 0 : -1));
            fedSince = true;
            video.add(new Fed(unit, discontinuity));
            List<StampedCue> unitCues = List.of();
            if (key && random.nextBoolean()) {
                StampedCue cue = StampedCue.at(Cues.rose(number), unit.ptsMs(), false);
                ByteBuf json = Unpooled.buffer();
                cue.writeJson(json);
                cues.add(json.toString(StandardCharsets.UTF_8));
                unitCues = List.of(cue);
            }
            output.append(unit, unitCues, null);
        }

        private void feedAudio(long dtsMs) {
            AccessUnit unit =
                    new AccessUnit(
                            dtsMs,
                            new Frame.Audio(
                                    AudioCodec.AAC, 0xaf, Unpooled.buffer().writeInt(number++)));
            fedSince = true;
            audio.add(new Fed(unit, discontinuity));
            output.append(unit, List.of(), null);
        }

        private void follow() {
            if (pictures) {
                follow(videoPlayer);
            }
            if (sound) {
                follow(audioPlayer);
            }
        }

        /** Reads the playlist as it is and fetches each part that is new. */
        private void follow(Player player) {
            HlsReply[] answer = new HlsReply[1];
            output.answer(
                    new HlsRequest.Playlist(player.track, -1, -1, false),
                    reply -> answer[0] = answer[0] == null ? reply : answer[0]);
            if (!(answer[0] instanceof HlsReply.Playlist found)) {
                return; // nothing to play yet: that answer comes later, and to nobody
            }
            String text = found.text().with("").toString(StandardCharsets.UTF_8);
            int segmentMs = 0;
            int parts = 0;
            int target = number(text, "#EXT-X-TARGETDURATION:(\\d+)");
            int partTarget = number(text, "PART-TARGET=(\\d+\\.\\d+)");
            int counted = number(text, "#EXT-X-DISCONTINUITY-SEQUENCE:(\\d+)");
            boolean shortPart = false;
            for (String line : text.lines().toList()) {
                Matcher part = PART.matcher(line);
                if (line.equals("#EXT-X-DISCONTINUITY")) {
                    counted++;
                } else if (part.matches()) {
                    int ms = Integer.parseInt(part.group(1).replace(".", ""));
                    assertThat(shortPart).as("a short part before %s", line).isFalse();
                    String name = part.group(2);
                    if (!player.partMs.containsKey(name)) {
                        fetch(player, name, ms, part.group(3) != null, counted);
                        assertThat(ms).isLessThanOrEqualTo(partTarget + longest(player, name));
                    }
                    shortPart =
                            regular
                                    && breaks == 0
                                    && player.track == HlsTrack.VIDEO
                                    && ms * 100 < partTarget * 85;
                    segmentMs += ms;
                    parts++;
                } else if (line.startsWith("#EXTINF:")) {
                    int ms =
                            Integer.parseInt(line.substring(8, line.length() - 1).replace(".", ""));
                    assertThat(Math.round(ms / 1000.0)).as(line).isLessThanOrEqualTo(target);
                    if (parts > 0) {
                        assertThat(ms).isEqualTo(segmentMs);
                    }
                    segmentMs = 0;
                    parts = 0;
                    shortPart = false;
                } else if (line.startsWith("#EXT-X-PRELOAD-HINT")) {
                    player.promised.add(
                            line.substring(line.indexOf("URI=\"") + 5, line.length() - 5));
                }
            }
        }

        /** How long the one sample is that makes a part longer than the target; 0 for none. */
        private static int longest(Player player, String name) {
            return player.order.getLast().equals(name) && player.lastSamples == 1
                    ? player.samples.getLast().duration()
                    : 0;
        }

        private static int number(String text, String pattern) {
            Matcher matcher = Pattern.compile(pattern).matcher(text);
            assertThat(matcher.find()).as(pattern).isTrue();
            return Integer.parseInt(matcher.group(1).replace(".", ""));
        }

        private void fetch(Player player, String name, int ms, boolean independent, int counted) {
            player.partMs.put(name, ms);
            player.order.add(name);
            String[] numbers = name.substring(name.indexOf('-') + 1).split("\\.", -1);
            HlsReply[] answer = new HlsReply[1];
            output.answer(
                    new HlsRequest.Part(
                            player.track, Long.parseLong(numbers[0]), Integer.parseInt(numbers[1])),
                    reply -> answer[0] = reply);
            ByteBuf body = ((HlsReply.Found) answer[0]).body();
            Mp4 mp4 = Mp4.read(ByteBufUtil.getBytes(body));
            body.release();
            assertThat(mp4.samples().stream().mapToInt(Mp4.Sample::duration).sum()).isEqualTo(ms);
            assertThat(mp4.samples().getFirst().sync()).isEqualTo(independent);
            player.lastSamples = mp4.samples().size();
            for (Mp4.Sample sample : mp4.samples()) {
                player.samples.add(sample);
                player.discontinuities.add(counted);
            }
            for (Mp4.Event event : mp4.events()) {
                assertThat(mp4.samples()).extracting(Mp4.Sample::pts).contains(event.pts());
                player.events.add(event);
            }
        }

        private void check(Player player, List<Fed> fed) {
            assertThat(player.samples).hasSameSizeAs(fed);
            for (int i = 0; i < fed.size(); i++) {
                Mp4.Sample sample = player.samples.get(i);
                AccessUnit unit = fed.get(i).unit();
                assertThat(sample.dts()).isEqualTo(unit.dtsMs());
                assertThat(sample.pts()).isEqualTo(unit.ptsMs());
                assertThat(sample.sync())
                        .isEqualTo(!(unit.frame() instanceof Frame.Video v) || v.key());
                String data = ByteBufUtil.hexDump(sample.data());
                assertThat(data).endsWith(ByteBufUtil.hexDump(payload(fed.get(i))));
                boolean goesOn =
                        i + 1 < fed.size()
                                && fed.get(i + 1).discontinuity() == fed.get(i).discontinuity();
                if (goesOn && fed.get(i + 1).unit().dtsMs() - unit.dtsMs() < 2_000) {
                    assertThat(sample.end()).isEqualTo(player.samples.get(i + 1).dts());
                }
                assertThat(player.discontinuities.get(i)).isEqualTo(fed.get(i).discontinuity());
            }
        }
    }
}
