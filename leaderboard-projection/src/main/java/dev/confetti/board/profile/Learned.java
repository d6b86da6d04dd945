package dev.confetti.board.profile;

import org.jspecify.annotations.Nullable;

/**
 * A name as an event carried it.
 *
 * @param name null or blank when the event had none: what is known stays
 * @param position of the event in the log
 */
public record Learned(String member, @Nullable String name, long position) {
    boolean hasName() {
        return name != null && !name.isBlank();
    }

    String text() {
        return name == null ? "" : name;
    }
}
