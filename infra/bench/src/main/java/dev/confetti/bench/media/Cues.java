package dev.confetti.bench.media;

import dev.confetti.demo.flv.FlvTag;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds gift cues in pictures: SEI of type user_data_unregistered with Confetti's UUID, then JSON.
 *
 * <p>H.264 (ITU-T H.264, 7.3.2.3 and D.1.7) in FLV: NAL units with a length before each. What does
 * not fit is counted, not thrown: one bad cue must not end a measurement. Not thread-safe.
 */
public final class Cues {
    private static final UUID OURS = UUID.fromString("2b75ddf3-d8e3-4a85-a644-41da256c0268");
    private static final int UUID_BYTES = 16;
    private static final int FLV_VIDEO_HEADER_BYTES = 5;
    private static final int NAL_SEI = 6;
    private static final int USER_DATA_UNREGISTERED = 5;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private int lengthBytes = 4;
    private long malformed;

    /**
     * The cues of a tag, in order; none when it is no picture. A decoder configuration is heeded on
     * the way.
     */
    public List<JsonNode> in(FlvTag tag) {
        List<JsonNode> cues = new ArrayList<>();
        if (tag.type() != FlvTag.VIDEO) {
            return cues;
        }
        ByteBuffer body = ByteBuffer.wrap(tag.body());
        if (tag.isSequenceHeader()) {
            // AVCDecoderConfigurationRecord: the fifth byte ends in lengthSizeMinusOne.
            if (body.remaining() > FLV_VIDEO_HEADER_BYTES + 4) {
                lengthBytes = (body.get(FLV_VIDEO_HEADER_BYTES + 4) & 3) + 1;
            }
            return cues;
        }
        if (!tag.isAvcPicture()) {
            return cues;
        }
        body.position(FLV_VIDEO_HEADER_BYTES);
        while (body.remaining() > lengthBytes) {
            long length = 0;
            for (int i = 0; i < lengthBytes; i++) {
                length = length << 8 | (body.get() & 0xff);
            }
            if (length > body.remaining()) {
                malformed++;
                return cues;
            }
            ByteBuffer nal = body.slice(body.position(), (int) length);
            body.position(body.position() + (int) length);
            if (nal.hasRemaining() && (nal.get() & 0x1f) == NAL_SEI) {
                sei(withoutEmulationPrevention(nal), cues);
            }
        }
        return cues;
    }

    /** How many NAL units, SEI payloads or cues could not be read. */
    public long malformed() {
        return malformed;
    }

    /** The gift sends that a cue names: all merged ones, or its only one. */
    public static Set<String> giftSendIds(JsonNode cue) {
        Set<String> ids = new LinkedHashSet<>();
        for (JsonNode id : cue.path("giftSendIds")) {
            ids.add(id.asString(""));
        }
        ids.add(cue.path("giftSendId").asString(""));
        ids.remove("");
        return ids;
    }

    private static ByteBuffer withoutEmulationPrevention(ByteBuffer nal) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(nal.remaining());
        int zeros = 0;
        while (nal.hasRemaining()) {
            byte b = nal.get();
            if (zeros >= 2 && b == 3) {
                zeros = 0;
                continue;
            }
            zeros = b == 0 ? zeros + 1 : 0;
            out.write(b);
        }
        return ByteBuffer.wrap(out.toByteArray());
    }

    private void sei(ByteBuffer sei, List<JsonNode> cues) {
        // The last byte is the trailing bits.
        while (sei.remaining() > 2) {
            int type = coded(sei);
            int size = coded(sei);
            if (size > sei.remaining()) {
                malformed++;
                return;
            }
            ByteBuffer payload = sei.slice(sei.position(), size);
            sei.position(sei.position() + size);
            if (type == USER_DATA_UNREGISTERED && size >= UUID_BYTES) {
                userData(payload, cues);
            }
        }
    }

    /** A number as SEI codes it: 255 for each full 255, then the rest. */
    private static int coded(ByteBuffer in) {
        int value = 0;
        while (in.hasRemaining()) {
            int b = in.get() & 0xff;
            value += b;
            if (b != 255) {
                break;
            }
        }
        return value;
    }

    private void userData(ByteBuffer payload, List<JsonNode> cues) {
        if (!new UUID(payload.getLong(), payload.getLong()).equals(OURS)) {
            return;
        }
        try {
            cues.add(JSON.readTree(StandardCharsets.UTF_8.decode(payload).toString()));
        } catch (JacksonException e) {
            malformed++;
        }
    }
}
