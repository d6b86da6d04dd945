package dev.confetti.gateway.flv;

import dev.confetti.gateway.codec.AudioConfig;
import dev.confetti.gateway.codec.VideoConfig;
import dev.confetti.gateway.cue.StampedCue;
import dev.confetti.gateway.media.AccessUnit;
import dev.confetti.gateway.media.Frame;
import dev.confetti.gateway.media.TrackHeaders;
import dev.confetti.gateway.stream.Muxer;
import io.netty.buffer.ByteBuf;
import java.util.List;

/** Writes a stream as an FLV file without end: Adobe FLV 10.1, E.2 to E.4. Stateless. */
public final class FlvMuxer implements Muxer {
    public static final FlvMuxer INSTANCE = new FlvMuxer();

    /** Signature, version 1, audio and video, header length 9, previous tag size 0. */
    private static final byte[] FILE_HEADER = {'F', 'L', 'V', 1, 5, 0, 0, 0, 9, 0, 0, 0, 0};

    /** At any other time, ffmpeg takes metadata for a subtitle. */
    private static final long METADATA_MS = 0;

    private static final int TAG_HEADER_BYTES = 11;

    private FlvMuxer() {}

    @Override
    public String name() {
        return "flv";
    }

    @Override
    public void writePreamble(ByteBuf out) {
        out.writeBytes(FILE_HEADER);
    }

    @Override
    public void writeHeaders(ByteBuf out, TrackHeaders headers, long dtsMs) {
        if (headers.metadata() != null) {
            script(out, METADATA_MS, TagBody.script("onMetaData", List.of(headers.metadata())));
        }
        VideoConfig video = headers.video();
        if (video != null) {
            begin(out, TagType.VIDEO, TagBody.videoConfigBytes(video), dtsMs);
            TagBody.writeVideoConfig(out, video);
            end(out, TagBody.videoConfigBytes(video));
        }
        AudioConfig audio = headers.audio();
        if (audio != null) {
            begin(out, TagType.AUDIO, TagBody.audioConfigBytes(audio), dtsMs);
            TagBody.writeAudioConfig(out, audio);
            end(out, TagBody.audioConfigBytes(audio));
        }
    }

    @Override
    public void writeUnit(ByteBuf out, AccessUnit unit, List<StampedCue> cues) {
        writeCues(out, cues, unit.dtsMs());
        switch (unit.frame()) {
            case Frame.Video video -> {
                int bytes = TagBody.videoBytes(video, cues);
                begin(out, TagType.VIDEO, bytes, unit.dtsMs());
                TagBody.writeVideo(out, video, cues);
                end(out, bytes);
            }
            case Frame.Audio audio -> {
                int bytes = TagBody.audioBytes(audio);
                begin(out, TagType.AUDIO, bytes, unit.dtsMs());
                TagBody.writeAudio(out, audio);
                end(out, bytes);
            }
            case Frame.Data data ->
                    script(out, unit.dtsMs(), TagBody.script(data.name(), data.values()));
        }
    }

    @Override
    public void writeCues(ByteBuf out, List<StampedCue> cues, long dtsMs) {
        for (StampedCue cue : cues) {
            if (cue.announced()) {
                continue;
            }
            script(out, dtsMs, TagBody.script(StampedCue.AMF_NAME, List.of(cue.amf())));
        }
    }

    private static void script(ByteBuf out, long dtsMs, ByteBuf body) {
        int bytes = body.readableBytes();
        begin(out, TagType.SCRIPT, bytes, dtsMs);
        out.writeBytes(body);
        body.release();
        end(out, bytes);
    }

    /** The timestamp's low 24 bits, then its upper 8: it wraps after 49.7 days. */
    private static void begin(ByteBuf out, int type, int bodyBytes, long dtsMs) {
        out.writeByte(type)
                .writeMedium(bodyBytes)
                .writeMedium((int) dtsMs & 0xffffff)
                .writeByte((int) (dtsMs >> 24) & 0xff)
                .writeMedium(0);
    }

    private static void end(ByteBuf out, int bodyBytes) {
        out.writeInt(TAG_HEADER_BYTES + bodyBytes);
    }
}
