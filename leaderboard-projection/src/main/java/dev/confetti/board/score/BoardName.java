package dev.confetti.board.score;

import java.util.Optional;
import java.util.regex.Pattern;

/** The name by which a client asks for a board, such as {@code creator/c1/week}. */
public record BoardName(BoardOwner owner, Period period) {
    /** The names that exist, for people. */
    public static final String VALID_NAMES =
            "live/{liveId}, creator/{creatorId}/{day|week|month|all}, gifters/{day|week|month|all},"
                    + " creators/{hour|day|week|month|all}; ids are 1 to 64 of A-Z a-z 0-9 _ -";

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /** Reads a name; empty when there is no such board. */
    public static Optional<BoardName> parse(String name) {
        String[] words = name.split("/", -1);
        return switch (words[0]) {
            case "live" ->
                    words.length == 2 && isId(words[1])
                            ? Optional.of(new BoardName(BoardOwner.live(words[1]), Period.ALL))
                            : Optional.empty();
            case "creator" ->
                    words.length == 3 && isId(words[1])
                            ? withPeriod(BoardOwner.creator(words[1]), words[2])
                            : Optional.empty();
            case "gifters" ->
                    words.length == 2 ? withPeriod(BoardOwner.GIFTERS, words[1]) : Optional.empty();
            case "creators" ->
                    words.length == 2
                            ? withPeriod(BoardOwner.CREATORS, words[1])
                            : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** The name as the client writes it. */
    public String path() {
        return owner.family() == Family.LIVE ? owner.path() : owner.path() + "/" + period.word();
    }

    private static boolean isId(String word) {
        return ID.matcher(word).matches();
    }

    private static Optional<BoardName> withPeriod(BoardOwner owner, String word) {
        return owner.periods().stream()
                .filter(period -> period.word().equals(word))
                .findFirst()
                .map(period -> new BoardName(owner, period));
    }
}
