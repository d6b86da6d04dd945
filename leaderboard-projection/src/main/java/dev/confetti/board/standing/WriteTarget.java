package dev.confetti.board.standing;

/** Which generation a writer writes, and what must stand in Redis for it to be allowed to. */
sealed interface WriteTarget {
    GenerationKeys keys(Shard shard, Fences fences);

    Guard guard(Shard shard, Fences fences);

    /**
     * What a call looks at first.
     *
     * @param key string that must be {@code expected}; one that is not there is {@code 1}
     * @param closureKey key that must not be there
     */
    record Guard(String key, String expected, String closureKey) {}

    /** The generation that is read: the one that the fences are of. */
    record Live() implements WriteTarget {
        @Override
        public GenerationKeys keys(Shard shard, Fences fences) {
            return new GenerationKeys(shard, fences.generation(shard));
        }

        @Override
        public Guard guard(Shard shard, Fences fences) {
            return new Guard(
                    shard.generationKey(),
                    Integer.toString(fences.generation(shard)),
                    shard.closureKey());
        }
    }

    /**
     * A generation that nobody reads yet.
     *
     * @param token of the rebuild, so that a second one puts an end to the first
     */
    record Building(int generation, String token) implements WriteTarget {
        @Override
        public GenerationKeys keys(Shard shard, Fences fences) {
            return new GenerationKeys(shard, generation);
        }

        @Override
        public Guard guard(Shard shard, Fences fences) {
            return new Guard(shard.buildingKey(), token, keys(shard, fences).closed());
        }
    }
}
