package dev.confetti.gateway.slate;

import dev.confetti.gateway.media.AccessUnit;
import dev.confetti.gateway.media.Frame;
import java.util.List;

/** One source of a slate's frames, without end. */
interface SlateTrack {
    /** When the next one is due, from the slate's beginning; never decreasing. */
    long nextMs();

    /** The next one, with a reference of its own. */
    Frame next();

    void release();

    /** A clip over and over. */
    static SlateTrack loop(List<AccessUnit> units, long durationMs) {
        return new SlateTrack() {
            private long rounds;
            private int index;

            @Override
            public long nextMs() {
                return rounds * durationMs + units.get(index).dtsMs();
            }

            @Override
            public Frame next() {
                Frame frame = shared(units.get(index).frame());
                index++;
                if (index == units.size()) {
                    index = 0;
                    rounds++;
                }
                return frame;
            }

            @Override
            public void release() {
                // The clip is everybody's.
            }
        };
    }

    /** One picture again and again. */
    static SlateTrack still(Frame.Video picture, long everyMs) {
        return new SlateTrack() {
            private final Frame own = shared(picture);
            private long number;

            @Override
            public long nextMs() {
                return number * everyMs;
            }

            @Override
            public Frame next() {
                number++;
                return shared(own);
            }

            @Override
            public void release() {
                own.release();
            }
        };
    }

    static SlateTrack silence(Silence silence) {
        return new SlateTrack() {
            private long number;

            @Override
            public long nextMs() {
                return silence.atMs(number);
            }

            @Override
            public Frame next() {
                number++;
                return silence.frame();
            }

            @Override
            public void release() {
                // The packet is in the heap, for as long as it is used.
            }
        };
    }

    private static Frame shared(Frame frame) {
        return switch (frame) {
            case Frame.Video video ->
                    new Frame.Video(
                            video.codec(),
                            video.ctsMs(),
                            video.key(),
                            video.payload().retainedDuplicate(),
                            video.nalLengthBytes(),
                            video.cueOffset());
            case Frame.Audio audio ->
                    new Frame.Audio(
                            audio.codec(), audio.soundFlags(), audio.payload().retainedDuplicate());
            case Frame.Data data -> data;
        };
    }
}
