package dev.confetti.board.standing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way: first what every part can answer, then what follows from the answers,
 * then the parts put together.
 */
abstract sealed class SliceRead {
    /** Between the marks of the parts in a token; no mark has it. */
    private static final String BETWEEN = ",";

    /** Four standard deviations of a part's share of the first hundred. */
    private static final int SPARE = 10;

    final SliceRequest request;

    private SliceRead(SliceRequest request) {
        this.request = request;
    }

    static SliceRead of(SliceRequest request, Fences generations) {
        return request.around().isEmpty()
                ? new TopRead(request, generations)
                : new AroundRead(request, generations);
    }

    abstract void ask(PartReads reads);

    abstract void askMore(PartReads reads);

    abstract BoardSlice slice();

    private static List<GenerationKeys> keys(List<Shard> shards, Fences generations) {
        return shards.stream()
                .map(shard -> new GenerationKeys(shard, generations.generation(shard)))
                .toList();
    }

    /** How far all parts are. */
    private static Map<Integer, Long> lowest(List<Map<Integer, Long>> positions) {
        Map<Integer, Long> lowest = new HashMap<>(positions.getFirst());
        for (Map<Integer, Long> part : positions) {
            lowest.keySet().retainAll(part.keySet());
            lowest.replaceAll((partition, position) -> Math.min(position, at(part, partition)));
        }
        return lowest;
    }

    private static long at(Map<Integer, Long> positions, int partition) {
        return positions.getOrDefault(partition, 0L);
    }

    private static final class TopRead extends SliceRead {
        private final List<GenerationKeys> parts;
        private final List<String> knownMarks;

        /** Of each part, as many as its share and some; it seldom has more of the first. */
        private final int few;

        private final List<Supplier<PartReads.@Nullable Top>> answers = new ArrayList<>();
        private boolean unchanged;

        TopRead(SliceRequest request, Fences generations) {
            super(request);
            parts = keys(Shard.partsOf(request.board().name().owner()), generations);
            few =
                    parts.size() == 1
                            ? request.most()
                            : Math.min(request.most(), request.most() / parts.size() + SPARE);
            List<String> marks = Arrays.asList(request.knownToken().split(BETWEEN, -1));
            knownMarks =
                    marks.size() == parts.size()
                            ? marks
                            : Collections.nCopies(parts.size(), SliceRequest.NO_TOKEN);
        }

        @Override
        void ask(PartReads reads) {
            for (int i = 0; i < parts.size(); i++) {
                answers.add(ask(reads, i, knownMarks.get(i), few));
            }
        }

        /**
         * Parts that did not change are read as well, when another did, and whole that part of
         * which every standing that was read is among the first, so that more of it may be.
         */
        @Override
        void askMore(PartReads reads) {
            List<PartReads.@Nullable Top> changed = new ArrayList<>();
            answers.forEach(answer -> changed.add(answer.get()));
            unchanged = changed.stream().allMatch(Objects::isNull);
            if (unchanged) {
                return;
            }
            Score last = lastOfThese(changed);
            for (int i = 0; i < parts.size(); i++) {
                PartReads.Top top = changed.get(i);
                boolean all = top != null && !mayHaveMore(top, last);
                answers.set(
                        i, all ? () -> top : ask(reads, i, SliceRequest.NO_TOKEN, request.most()));
            }
        }

        /** The last that can be shown if there is nobody else; null when there is room for more. */
        private @Nullable Score lastOfThese(List<PartReads.@Nullable Top> tops) {
            List<Score> best =
                    Merge.first(
                            tops.stream()
                                    .filter(Objects::nonNull)
                                    .map(PartReads.Top::scores)
                                    .toList(),
                            request.most());
            return best.size() < request.most() ? null : best.getLast();
        }

        private boolean mayHaveMore(PartReads.Top top, @Nullable Score last) {
            return few < request.most()
                    && top.scores().size() == few
                    && (last == null || Score.BY_RANK.compare(top.scores().getLast(), last) <= 0);
        }

        @Override
        BoardSlice slice() {
            if (unchanged) {
                return new BoardSlice.Unchanged();
            }
            List<PartReads.Top> tops =
                    answers.stream().map(a -> Objects.requireNonNull(a.get())).toList();
            return new BoardSlice.Ranked(
                    String.join(BETWEEN, tops.stream().map(PartReads.Top::mark).toList()),
                    lowest(tops.stream().map(PartReads.Top::positions).toList()),
                    1,
                    Merge.first(tops.stream().map(PartReads.Top::scores).toList(), request.most()),
                    null);
        }

        private Supplier<PartReads.@Nullable Top> ask(
                PartReads reads, int part, String mark, int most) {
            return reads.top(parts.get(part), request.board(), mark, most);
        }
    }

    private static final class AroundRead extends SliceRead {
        private final GenerationKeys own;
        private final List<GenerationKeys> others;

        /** One at least, to say what lacks to the next. */
        private final int above;

        private final int below;
        private final List<Supplier<PartReads.Around>> answers = new ArrayList<>();

        AroundRead(SliceRequest request, Fences generations) {
            super(request);
            Shard shard = Shard.of(request.board().name().owner(), request.around());
            own = new GenerationKeys(shard, generations.generation(shard));
            others =
                    keys(
                            Shard.partsOf(request.board().name().owner()).stream()
                                    .filter(part -> !part.equals(shard))
                                    .toList(),
                            generations);
            above = Math.max(1, request.above());
            below = request.most() - 1 - request.above();
        }

        @Override
        void ask(PartReads reads) {
            answers.add(reads.aroundMember(own, request.board(), request.around(), above, below));
        }

        @Override
        void askMore(PartReads reads) {
            PartReads.Around place = answers.getFirst().get();
            answers.set(0, () -> place);
            if (place.rank() >= 0) {
                for (GenerationKeys part : others) {
                    answers.add(reads.aroundPlace(part, request.board(), place, above, below));
                }
            }
        }

        @Override
        BoardSlice slice() {
            List<PartReads.Around> found = answers.stream().map(Supplier::get).toList();
            String token =
                    String.join(BETWEEN, found.stream().map(PartReads.Around::mark).toList());
            if (token.equals(request.knownToken())) {
                return new BoardSlice.Unchanged();
            }
            PartReads.Around place = found.getFirst();
            if (place.rank() < 0) {
                return new BoardSlice.NotOnBoard(token, place.positions());
            }
            long rank = 1 + found.stream().mapToLong(PartReads.Around::rank).sum();
            List<Score> before =
                    Merge.last(found.stream().map(PartReads.Around::above).toList(), above);
            List<Score> shownBefore =
                    before.subList(Math.max(0, before.size() - request.above()), before.size());
            Score member = PartReads.score(place.ranked(), place.score());
            List<Score> scores = new ArrayList<>(shownBefore);
            scores.add(member);
            scores.addAll(Merge.first(found.stream().map(PartReads.Around::below).toList(), below));
            return new BoardSlice.Ranked(
                    token,
                    place.positions(),
                    rank - shownBefore.size(),
                    scores,
                    new BoardSlice.Place(
                            rank,
                            member.coins(),
                            before.isEmpty() ? null : before.getLast().coins()));
        }
    }
}
