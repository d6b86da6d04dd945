package dev.confetti.gateway.rtmp;

import dev.confetti.gateway.cue.StampedCue;
import dev.confetti.gateway.flv.TagBody;
import dev.confetti.gateway.flv.TagType;
import dev.confetti.gateway.media.AccessUnit;
import dev.confetti.gateway.media.Frame;
import dev.confetti.gateway.media.TrackHeaders;
import dev.confetti.gateway.stream.Muxer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;

/**
 * Writes a stream as RTMP messages for players: absolute headers on fixed chunk streams, so that
 * the bytes are the same for everybody and a viewer may start at any message. Stateless.
 */
final class RtmpMuxer implements Muxer {
    static final RtmpMuxer INSTANCE = new RtmpMuxer();

    /** The one message stream that {@code createStream} hands out. */
    static final int MESSAGE_STREAM = 1;

    /** At any other time, ffmpeg takes metadata for a subtitle. */
    private static final long METADATA_MS = 0;

    private static final int AUDIO_CHUNK_STREAM = 4;
    private static final int DATA_CHUNK_STREAM = 5;
    private static final int VIDEO_CHUNK_STREAM = 6;

    private RtmpMuxer() {}

    @Override
    public String name() {
        return "rtmp";
    }

    @Override
    public void writePreamble(ByteBuf out) {
        // the connection has said all that is to be said
    }

    @Override
    public void writeHeaders(ByteBuf out, TrackHeaders headers, long dtsMs) {
        ByteBuf body = Unpooled.buffer();
        if (headers.metadata() != null) {
            script(out, METADATA_MS, TagBody.script("onMetaData", List.of(headers.metadata())));
        }
        if (headers.video() != null) {
            TagBody.writeVideoConfig(body, headers.video());
            message(out, TagType.VIDEO, dtsMs, body);
        }
        if (headers.audio() != null) {
            body.clear();
            TagBody.writeAudioConfig(body, headers.audio());
            message(out, TagType.AUDIO, dtsMs, body);
        }
        body.release();
    }

    @Override
    public void writeUnit(ByteBuf out, AccessUnit unit, List<StampedCue> cues) {
        writeCues(out, cues, unit.dtsMs());
        switch (unit.frame()) {
            case Frame.Video video -> {
                int bytes = TagBody.videoBytes(video, cues);
                if (bytes <= ChunkWriter.CHUNK_BYTES) {
                    begin(out, TagType.VIDEO, unit.dtsMs(), bytes);
                    TagBody.writeVideo(out, video, cues);
                } else {
                    ByteBuf body = out.alloc().buffer(bytes);
                    TagBody.writeVideo(body, video, cues);
                    message(out, TagType.VIDEO, unit.dtsMs(), body);
                    body.release();
                }
            }
            case Frame.Audio audio -> {
                ByteBuf body = out.alloc().buffer(TagBody.audioBytes(audio));
                TagBody.writeAudio(body, audio);
                message(out, TagType.AUDIO, unit.dtsMs(), body);
                body.release();
            }
            case Frame.Data data ->
                    script(out, unit.dtsMs(), TagBody.script(data.name(), data.values()));
        }
    }

    @Override
    public void writeCues(ByteBuf out, List<StampedCue> cues, long dtsMs) {
        for (StampedCue cue : cues) {
            if (!cue.announced()) {
                script(out, dtsMs, TagBody.script(StampedCue.AMF_NAME, List.of(cue.amf())));
            }
        }
    }

    private static void script(ByteBuf out, long dtsMs, ByteBuf body) {
        message(out, TagType.SCRIPT, dtsMs, body);
        body.release();
    }

    private static void message(ByteBuf out, int type, long dtsMs, ByteBuf body) {
        ChunkWriter.write(out, chunkStream(type), type, MESSAGE_STREAM, dtsMs, body);
    }

    private static void begin(ByteBuf out, int type, long dtsMs, int bodyBytes) {
        ChunkWriter.begin(out, chunkStream(type), type, MESSAGE_STREAM, dtsMs, bodyBytes);
    }

    private static int chunkStream(int type) {
        return switch (type) {
            case TagType.AUDIO -> AUDIO_CHUNK_STREAM;
            case TagType.VIDEO -> VIDEO_CHUNK_STREAM;
            default -> DATA_CHUNK_STREAM;
        };
    }
}
