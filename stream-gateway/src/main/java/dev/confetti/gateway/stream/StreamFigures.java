package dev.confetti.gateway.stream;

import dev.confetti.gateway.media.AccessUnit;
import dev.confetti.gateway.media.Frame;
import java.util.ArrayDeque;
import java.util.Deque;

/** Counts what a publisher sends. Confined to the stream's event loop. */
final class StreamFigures {
    /** Rates are over so many seconds. */
    private static final int WINDOW_SECONDS = 5;

    private record Mark(long atMs, long videoBytes, long audioBytes, long pictures) {}

    private final Deque<Mark> marks = new ArrayDeque<>();
    private long videoBytes;
    private long audioBytes;
    private long otherBytes;
    private long pictures;
    private boolean keySeen;
    private long keyDtsMs;
    private long keyPictures;
    private long gopMs;
    private long longestGopMs;
    private int gopPictures;

    void add(AccessUnit unit) {
        switch (unit.frame()) {
            case Frame.Video video -> {
                if (video.key()) {
                    key(unit.dtsMs());
                }
                pictures++;
                videoBytes += video.sizeBytes();
            }
            case Frame.Audio audio -> audioBytes += audio.sizeBytes();
            case Frame.Data data -> otherBytes += data.sizeBytes();
        }
    }

    private void key(long dtsMs) {
        if (keySeen) {
            gopMs = dtsMs - keyDtsMs;
            longestGopMs = Math.max(longestGopMs, gopMs);
            gopPictures = (int) (pictures - keyPictures);
        }
        keySeen = true;
        keyDtsMs = dtsMs;
        keyPictures = pictures;
    }

    /** Another publisher: the distance to its first key frame says nothing. */
    void newPublisher() {
        keySeen = false;
        gopMs = 0;
        longestGopMs = 0;
        gopPictures = 0;
    }

    /** A second has passed. */
    void mark(long nowMs) {
        marks.add(new Mark(nowMs, videoBytes, audioBytes, pictures));
        if (marks.size() > WINDOW_SECONDS + 1) {
            marks.removeFirst();
        }
    }

    long receivedBytes() {
        return videoBytes + audioBytes + otherBytes;
    }

    long videoBitsPerSecond() {
        return Math.round(8 * perSecond(newest().videoBytes() - oldest().videoBytes()));
    }

    long audioBitsPerSecond() {
        return Math.round(8 * perSecond(newest().audioBytes() - oldest().audioBytes()));
    }

    double framesPerSecond() {
        return perSecond(newest().pictures() - oldest().pictures());
    }

    private double perSecond(long count) {
        long ms = newest().atMs() - oldest().atMs();
        return ms <= 0 ? 0 : count * 1000.0 / ms;
    }

    private Mark newest() {
        return marks.isEmpty() ? new Mark(0, 0, 0, 0) : marks.getLast();
    }

    private Mark oldest() {
        return marks.isEmpty() ? new Mark(0, 0, 0, 0) : marks.getFirst();
    }

    long gopMs() {
        return gopMs;
    }

    /** Of this publisher; 0 before its second key frame. */
    long longestGopMs() {
        return longestGopMs;
    }

    int gopPictures() {
        return gopPictures;
    }
}
