package dev.confetti.board.profile;

import java.util.Map;
import java.util.Set;

/**
 * What boards show of members.
 *
 * @param names of each; the id itself where none is known
 * @param hidden who of them wants to be hidden
 */
public record ShownMembers(Map<String, String> names, Set<String> hidden) {
    public ShownMembers {
        names = Map.copyOf(names);
        hidden = Set.copyOf(hidden);
    }
}
