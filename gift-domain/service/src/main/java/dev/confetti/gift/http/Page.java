package dev.confetti.gift.http;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param nextCursor where the next part begins; null at the end
 */
public record Page<T>(List<T> items, @Nullable String nextCursor) {

    /**
     * The page of items that were read with one more than asked for.
     *
     * @param number what the items are ordered by, falling
     */
    public static <T> Page<T> of(List<T> read, PageRequest request, ToLongFunction<T> number) {
        if (read.size() <= request.limit()) {
            return new Page<>(read, null);
        }
        List<T> items = read.subList(0, request.limit());
        return new Page<>(items, PageRequest.cursorAfter(number.applyAsLong(items.getLast())));
    }

    public <R> Page<R> map(Function<T, R> each) {
        return new Page<>(items.stream().map(each).toList(), nextCursor);
    }
}
