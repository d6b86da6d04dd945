package dev.confetti.gateway.cue;

import dev.confetti.gateway.amf.AmfValue;
import dev.confetti.gateway.codec.NalUnits;
import dev.confetti.gateway.codec.SeiUserData;
import dev.confetti.gateway.codec.VideoCodec;
import dev.confetti.gateway.media.Frame;
import io.netty.buffer.ByteBuf;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/** A cue with its place on the timeline, ready in each form: made once, written to all viewers. */
public final class StampedCue {
    /** Says that an SEI message is a gift of Confetti. */
    public static final UUID SEI_UUID = UUID.fromString("2b75ddf3-d8e3-4a85-a644-41da256c0268");

    /** Name of the AMF0 data message. */
    public static final String AMF_NAME = "onGift";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Cue cue;
    private final long ptsMs;
    private final boolean announced;
    private final Map<String, Object> fields;
    private final byte[] json;
    private final byte[] seiPayload;

    private StampedCue(Cue cue, long ptsMs, boolean announced) {
        this.cue = cue;
        this.ptsMs = ptsMs;
        this.announced = announced;
        this.fields = fields(cue, ptsMs);
        this.json = JSON.writeValueAsBytes(fields);
        this.seiPayload = new SeiUserData(SEI_UUID, json).toNalPayload();
    }

    /**
     * A cue at a place on the timeline.
     *
     * @param ptsMs media time at which the gift is to appear
     * @param announced whether it already went out in all other forms, while there was no picture
     *     to carry it, so that only the SEI is still owed
     */
    public static StampedCue at(Cue cue, long ptsMs, boolean announced) {
        return new StampedCue(cue, ptsMs, announced);
    }

    private static Map<String, Object> fields(Cue cue, long ptsMs) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("giftSendId", cue.giftSendIds().getLast().toString());
        if (cue.giftSendIds().size() > 1) {
            fields.put("giftSendIds", cue.giftSendIds().stream().map(UUID::toString).toList());
        }
        fields.put("giftId", cue.giftId());
        fields.put("giftName", cue.giftName());
        fields.put("animationUrl", cue.animationUrl());
        fields.put("tier", cue.tier());
        fields.put("quantity", cue.quantity());
        fields.put("comboId", cue.comboId().toString());
        fields.put("comboCount", cue.comboCount());
        fields.put("viewerId", cue.viewerId());
        fields.put("viewerName", cue.viewerName());
        fields.put("coins", cue.coins());
        fields.put("sentAt", cue.sentAt().toString());
        fields.put("ptsMs", ptsMs);
        return fields;
    }

    public Cue cue() {
        return cue;
    }

    public long ptsMs() {
        return ptsMs;
    }

    public boolean announced() {
        return announced;
    }

    public void writeJson(ByteBuf out) {
        out.writeBytes(json);
    }

    /** The same fields as an AMF0 object. */
    public AmfValue amf() {
        Map<String, AmfValue> properties = new LinkedHashMap<>();
        fields.forEach((name, value) -> properties.put(name, amf(value)));
        return new AmfValue.Obj(properties);
    }

    private static AmfValue amf(Object value) {
        return switch (value) {
            case Number number -> AmfValue.of(number.doubleValue());
            case List<?> list ->
                    new AmfValue.StrictArray(
                            list.stream().map(v -> AmfValue.of(v.toString())).toList());
            default -> AmfValue.of(value.toString());
        };
    }

    /** Bytes that {@link #writeSei} writes. */
    public int seiBytes(VideoCodec codec) {
        return NalUnits.headerBytes(codec) + seiPayload.length;
    }

    /** Whether the picture has a place for it, and its NAL length field can say its size. */
    public boolean fits(Frame.Video frame) {
        return frame.codec().carriesSei()
                && frame.cueOffset() >= 0
                && (frame.nalLengthBytes() == 4
                        || seiBytes(frame.codec()) < 1 << (8 * frame.nalLengthBytes()));
    }

    /** Writes the SEI NAL unit for a picture that it fits, without start code or length. */
    public void writeSei(ByteBuf out, Frame.Video frame) {
        ByteBuf payload = frame.payload();
        NalUnits.writeSeiHeader(
                out,
                frame.codec(),
                payload,
                payload.readerIndex() + frame.cueOffset() + frame.nalLengthBytes());
        out.writeBytes(seiPayload);
    }
}
