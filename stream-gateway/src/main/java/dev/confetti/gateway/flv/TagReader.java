package dev.confetti.gateway.flv;

import dev.confetti.gateway.amf.Amf0Reader;
import dev.confetti.gateway.amf.AmfValue;
import dev.confetti.gateway.amf.MalformedAmfException;
import dev.confetti.gateway.codec.MalformedMediaException;
import dev.confetti.gateway.cue.StampedCue;
import dev.confetti.gateway.media.Frame;
import dev.confetti.gateway.media.MediaSink;
import dev.confetti.gateway.metrics.GatewayMeters;
import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * Reads the bodies of one publisher's FLV tags into frames: Adobe FLV 10.1, E.4, and Enhanced RTMP
 * 2.
 *
 * <p>Cues that a publisher forges end here: SEI with our UUID and data messages called {@code
 * onGift} do not come out.
 */
public final class TagReader {
    private final MediaSink sink;
    private final GatewayMeters meters;
    private final VideoTagReader video;
    private final AudioTagReader audio;
    private long forgedCues;

    /**
     * @param meters count what is dropped because it breaks its format, and tracks left out
     */
    public TagReader(MediaSink sink, GatewayMeters meters) {
        this.sink = sink;
        this.meters = meters;
        this.video = new VideoTagReader(sink, meters);
        this.audio = new AudioTagReader(sink, meters);
    }

    /** Data messages with a cue's name that were dropped. */
    public long forgedCues() {
        return forgedCues;
    }

    /**
     * Reads one tag body.
     *
     * @param body not released
     * @throws MalformedMediaException when nothing after it could be played: a broken
     *     configuration, or a codec that is not carried
     */
    public void read(int tagType, int timestampMs, ByteBuf body) {
        if (!body.isReadable()) {
            return; // some encoders send empty tags as keep-alives
        }
        switch (tagType) {
            case TagType.VIDEO -> video.read(timestampMs, body);
            case TagType.AUDIO -> audio.read(timestampMs, body);
            case TagType.SCRIPT -> script(timestampMs, body);
            default ->
                    throw new MalformedMediaException(
                            "FLV tag type " + tagType + ": expected 8, 9 or 18");
        }
    }

    private void script(int timestampMs, ByteBuf body) {
        int bytes = body.readableBytes();
        List<AmfValue> values;
        try {
            values = Amf0Reader.readAll(body);
        } catch (MalformedAmfException e) {
            meters.unitsMalformed.increment();
            return;
        }
        int first = 0;
        while (text(values, first).equals("@setDataFrame")) {
            first++; // each server on the way takes one off
        }
        String name = text(values, first);
        List<AmfValue> arguments =
                values.subList(Math.min(first + 1, values.size()), values.size());
        if (name.equals(StampedCue.AMF_NAME)) {
            forgedCues++;
        } else if (name.equals("onMetaData")) {
            if (!arguments.isEmpty()) {
                sink.metadata(arguments.getFirst());
            }
        } else if (!name.isEmpty() && !name.equals("@clearDataFrame")) {
            sink.frame(timestampMs, new Frame.Data(name, arguments, bytes));
        }
    }

    private static String text(List<AmfValue> values, int index) {
        return index < values.size() && values.get(index) instanceof AmfValue.Text(String text)
                ? text
                : "";
    }
}
