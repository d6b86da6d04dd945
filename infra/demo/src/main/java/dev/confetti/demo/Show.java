package dev.confetti.demo;

import java.util.List;

/** Who is live in the demo, and with what. The persons are invented. */
record Show(String creatorId, String creatorName, String title, List<String> tags) {
    private static final List<Show> SHOWS =
            List.of(
                    new Show(
                            "demo-creator-1",
                            "DJ Marisol",
                            "Rooftop confetti set, requests open",
                            List.of("music", "dj", "party")),
                    new Show(
                            "demo-creator-2",
                            "Nils & the Neon",
                            "Late shift: soft house and good company",
                            List.of("music", "house", "chill")),
                    new Show(
                            "demo-creator-3",
                            "Asha Live",
                            "First hundred songs of summer",
                            List.of("music", "summer")));

    /** The show of a place, counted from 0; beyond those written here they repeat with a number. */
    static Show at(int index) {
        Show show = SHOWS.get(index % SHOWS.size());
        int round = index / SHOWS.size();
        return round == 0
                ? show
                : new Show(
                        "demo-creator-" + (index + 1),
                        show.creatorName() + " " + (round + 1),
                        show.title(),
                        show.tags());
    }
}
