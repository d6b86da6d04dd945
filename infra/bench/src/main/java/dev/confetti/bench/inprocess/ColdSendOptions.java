package dev.confetti.bench.inprocess;

import java.nio.file.Path;

/**
 * What to measure.
 *
 * @param gifts that the long wallet has sent before, 1 or more
 * @param folder for the engines' data, to be deleted by whoever made it
 */
public record ColdSendOptions(int gifts, Path folder) {}
