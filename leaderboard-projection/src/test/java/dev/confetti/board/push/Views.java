package dev.confetti.board.push;

import dev.confetti.board.view.BoardView;
import dev.confetti.board.view.BoardView.Place;
import dev.confetti.board.view.BoardView.Standing;
import dev.confetti.board.view.BoardViews.Versioned;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Versions of a view for tests. */
final class Views {
    private Views() {}

    /** Lines such as {@code a:5}: member and coins; {@code ?a:5} hides who it is. */
    static Versioned of(long asOf, long first, String... lines) {
        return of("2099-W47", asOf, first, null, lines);
    }

    static Versioned of(
            String window, long asOf, long first, @Nullable Place place, String... lines) {
        List<Standing> standings = new ArrayList<>();
        List<String> members = new ArrayList<>();
        for (String line : lines) {
            boolean hidden = line.startsWith("?");
            String member = line.substring(hidden ? 1 : 0, line.indexOf(':'));
            long coins = Long.parseLong(line.substring(line.indexOf(':') + 1));
            members.add(member);
            standings.add(
                    new Standing(
                            first + standings.size(),
                            hidden ? "" : member,
                            hidden ? "" : "Name of " + member,
                            coins,
                            hidden ? true : null));
        }
        return new Versioned(
                "token " + asOf,
                true,
                new BoardView("gifters/week", window, "position:" + asOf, standings, place),
                members);
    }

    /** Such as {@code 2 a 5}: rank, member shown, coins. */
    static List<String> lines(List<Standing> standings) {
        return standings.stream()
                .map(line -> line.rank() + " " + line.member() + " " + line.coins())
                .toList();
    }
}
