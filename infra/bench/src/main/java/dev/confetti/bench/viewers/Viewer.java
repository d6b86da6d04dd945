package dev.confetti.bench.viewers;

import dev.confetti.bench.media.HttpBody;
import dev.confetti.demo.flv.FlvReader;
import dev.confetti.demo.flv.FlvTag;
import java.nio.ByteBuffer;

/** One player of a swarm: bytes in, times out. Of one thread. */
final class Viewer {
    private final ViewerFindings findings;
    private final HttpBody body;
    private final long joinedNanos;
    private long lastTagNanos = Long.MIN_VALUE;
    private long nowNanos;

    Viewer(ViewerFindings findings, long joinedNanos) {
        this.findings = findings;
        this.joinedNanos = joinedNanos;
        this.body = new HttpBody(new FlvReader(this::tag, false)::feed);
    }

    void feed(ByteBuffer bytes, long arrivedNanos) {
        nowNanos = arrivedNanos;
        findings.read(bytes.remaining());
        body.feed(bytes);
    }

    /** Whether media has arrived. */
    boolean sawMedia() {
        return lastTagNanos != Long.MIN_VALUE;
    }

    private void tag(FlvTag tag) {
        if (tag.type() == FlvTag.SCRIPT) {
            return;
        }
        if (!sawMedia()) {
            findings.firstTag(nowNanos - joinedNanos);
        } else {
            findings.tag(nowNanos - lastTagNanos);
        }
        lastTagNanos = nowNanos;
        if (tag.type() == FlvTag.VIDEO) {
            findings.picture(tag.timestampMs(), joinedNanos, nowNanos);
        }
    }
}
