package dev.confetti.simulation.model;

import dev.confetti.simulation.model.Command.CreateLive;
import dev.confetti.simulation.model.Command.EndLive;
import dev.confetti.simulation.model.Command.LeaveLive;
import dev.confetti.simulation.model.Command.StartLive;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All lives: made, started, left and ended; and which of them an instance still trusts to take
 * gifts: what it read of one counts there for a second.
 */
final class Lives {
    private static final long TRUSTED_NANOS = 1_000_000_000;

    private final Journal journal;
    private final Map<Name, Live> all = new LinkedHashMap<>();
    private final Map<Integer, Map<Name, Long>> readAt = new HashMap<>();

    Lives(Journal journal) {
        this.journal = journal;
    }

    static final class Live {
        final Name name;
        final String creator;
        String state = "created";
        @Nullable UUID publisher;
        int events = 1;

        Live(Name name, String creator) {
            this.name = name;
            this.creator = creator;
        }

        boolean isOf(UUID other) {
            return state.equals("active") && other.equals(publisher);
        }
    }

    Set<Name> names() {
        return all.keySet();
    }

    Optional<Live> find(Name name) {
        return Optional.ofNullable(all.get(name));
    }

    /** Whether a live takes gifts by what an instance knows. */
    boolean takesGifts(Live live, int instance, long nanos, Rules rules) {
        Map<Name, Long> read = readAt.computeIfAbsent(instance, i -> new HashMap<>());
        Long trusted = read.get(live.name);
        if (trusted != null && nanos - trusted < TRUSTED_NANOS) {
            return true;
        }
        boolean takes =
                live.state.equals("active")
                        || (live.state.equals("away") && rules.awayTakesGifts());
        if (takes) {
            read.put(live.name, nanos);
        }
        return takes;
    }

    private void distrust(int instance, Name live) {
        readAt.getOrDefault(instance, new HashMap<>()).remove(live);
    }

    void forget(int instance) {
        readAt.remove(instance);
    }

    Facts create(CreateLive create) {
        Live live = new Live(journal.named("live"), create.creator());
        return journal.append(
                null,
                "live " + live.name,
                0,
                new Facts("live-created").with("live", live.name).with("creator", live.creator),
                new Facts("done").with("live", live.name),
                () -> {
                    all.put(live.name, live);
                    return List.of();
                });
    }

    private Facts append(Live live, Facts event, Runnable then) {
        return journal.append(
                null,
                "live " + live.name,
                live.events,
                event.with("live", live.name).with("creator", live.creator),
                new Facts("accepted"),
                () -> {
                    live.events++;
                    then.run();
                    return List.of();
                });
    }

    Facts start(StartLive start) {
        Live live = find(start.live()).orElse(null);
        if (live == null) {
            return new Facts("unknown");
        }
        if (live.state.equals("ended")) {
            return new Facts("ended");
        }
        if (live.isOf(start.publisher())) {
            return new Facts("unchanged");
        }
        return append(
                live,
                new Facts("live-started").with("publisher", start.publisher()),
                () -> {
                    live.state = "active";
                    live.publisher = start.publisher();
                });
    }

    Facts leave(LeaveLive leave) {
        Live live = find(leave.live()).orElse(null);
        if (live == null || !live.isOf(leave.publisher())) {
            return new Facts("unchanged");
        }
        return append(
                live,
                new Facts("live-away").with("publisher", leave.publisher()),
                () -> live.state = "away");
    }

    /** A creator's lives that have not ended, oldest first. */
    List<Name> openOf(String creator) {
        return all.values().stream()
                .filter(each -> each.creator.equals(creator) && !each.state.equals("ended"))
                .map(each -> each.name)
                .toList();
    }

    Facts end(EndLive end, int instance) {
        Facts answer = endedOf(end);
        if (!answer.equals(Facts.OUTCOME_UNKNOWN)) {
            distrust(instance, end.live());
        }
        return answer;
    }

    private Facts endedOf(EndLive end) {
        Live live = find(end.live()).orElse(null);
        if (live == null) {
            return new Facts("unknown");
        }
        boolean cameBack = !end.byCreator() && !live.state.equals("away");
        if (live.state.equals("ended") || cameBack) {
            return new Facts("unchanged");
        }
        return append(
                live,
                new Facts("live-ended").with("byCreator", end.byCreator()),
                () -> live.state = "ended");
    }
}
