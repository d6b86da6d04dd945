package dev.confetti.bench.boards;

import java.nio.file.Path;

/**
 * What a bench of the leaderboards does.
 *
 * @param gifts how many the boards catch up with; each moves fourteen boards
 * @param members how many more viewers then send a gift each, so that a board has them all; 0 for
 *     none
 * @param queries how often each question is asked
 * @param peerSeconds how long each peer is measured; 0 for not at all
 * @param listeners how many then listen to one live's board; 0 for none
 * @param listenRate gifts a second that the live gets meanwhile
 * @param listenSeconds how long it gets them
 * @param folder where the engines keep their data
 */
public record BoardOptions(
        int gifts,
        int viewers,
        int creators,
        int members,
        int queries,
        int peerSeconds,
        int listeners,
        double listenRate,
        int listenSeconds,
        Path folder) {}
