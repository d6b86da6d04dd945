package dev.confetti.events;

/** What happens to what we know and show of a person; topic {@code confetti.coins}. */
public sealed interface PersonEvent extends ConfettiEvent {

    String personId();

    @Override
    default String key() {
        return personId();
    }

    /**
     * A person's name and texts were shredded: who keeps the name that events before this one
     * carried must drop it. Coins, diamonds and scores stay, under the id alone.
     *
     * @param forgottenBy who asked for it: the person, or staff
     */
    record PersonForgotten(String personId, String forgottenBy) implements PersonEvent {}

    /**
     * A person chose whether boards show who they are. Coins and ranks stay as they are.
     *
     * @param hidden whether boards show the person's place without id and name
     * @param changedBy who asked for it: the person, or staff
     */
    record BoardVisibilityChanged(String personId, boolean hidden, String changedBy)
            implements PersonEvent {}
}
