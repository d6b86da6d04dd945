package dev.confetti.gateway.cue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confetti.gateway.fake.Cues;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CueQueueTest {
    private static final UUID COMBO = new UUID(9, 9);

    @Test
    void sendsOfOneComboBecomeOneCue() {
        CueQueue queue = new CueQueue(100);
        queue.offer(Cues.rose(1, COMBO, 5));
        queue.offer(Cues.rose(2, COMBO, 5));
        queue.offer(Cues.rose(3, COMBO, 5));

        List<Cue> taken = queue.take(8);
        assertThat(taken).hasSize(1);
        Cue cue = taken.getFirst();
        assertThat(cue.giftSendIds())
                .containsExactly(new UUID(1, 1), new UUID(1, 2), new UUID(1, 3));
        assertThat(cue.quantity()).isEqualTo(3);
        assertThat(cue.coins()).isEqualTo(15);
        assertThat(cue.comboCount()).isEqualTo(3);
        assertThat(cue.position()).isEqualTo(3);
        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.merged()).isEqualTo(2);
    }

    @Test
    void whatWentOutIsNotMergedInto() {
        CueQueue queue = new CueQueue(100);
        queue.offer(Cues.rose(1, COMBO, 5));
        queue.take(8);
        queue.offer(Cues.rose(2, COMBO, 5));
        assertThat(queue.take(8).getFirst().giftSendIds()).containsExactly(new UUID(1, 2));
    }

    @Test
    void aCueHoldsAtMost64Sends() {
        CueQueue queue = new CueQueue(100);
        for (int i = 1; i <= 65; i++) {
            queue.offer(Cues.rose(i, COMBO, 5));
        }
        List<Cue> taken = queue.take(8);
        assertThat(taken).extracting(cue -> cue.giftSendIds().size()).containsExactly(64, 1);
    }

    @Test
    void theBiggestGoFirstButTheOldestAlways() {
        CueQueue queue = new CueQueue(100);
        queue.offer(Cues.rose(1, new UUID(9, 1), 1));
        queue.offer(Cues.rose(2, new UUID(9, 2), 10));
        queue.offer(Cues.rose(3, new UUID(9, 3), 500));
        queue.offer(Cues.rose(4, new UUID(9, 4), 100));

        assertThat(queue.take(2)).extracting(Cue::coins).containsExactly(500L, 1L);
        assertThat(queue.take(2)).extracting(Cue::coins).containsExactly(100L, 10L);
    }

    @Test
    void whenTooManyWaitTheSmallestIsGivenUpAndCounted() {
        CueQueue queue = new CueQueue(2);
        queue.offer(Cues.rose(1, new UUID(9, 1), 7));
        queue.offer(Cues.rose(2, new UUID(9, 2), 1));
        queue.offer(Cues.rose(3, new UUID(9, 3), 5));
        assertThat(queue.take(8)).extracting(Cue::coins).containsExactly(7L, 5L);
        assertThat(queue.dropped()).isEqualTo(1);
    }

    @Test
    void nothingIsLostOrDoubledInAStorm() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        CueQueue queue = new CueQueue(1_000_000);
        Map<UUID, Long> offered = new HashMap<>();
        List<Cue> taken = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            long coins = 1L + random.nextInt(100);
            Cue cue = Cues.rose(i, new UUID(9, random.nextInt(50)), coins);
            offered.put(cue.giftSendIds().getFirst(), coins);
            queue.offer(cue);
            if (random.nextInt(10) == 0) {
                taken.addAll(queue.take(1 + random.nextInt(8)));
            }
        }
        while (!queue.isEmpty()) {
            taken.addAll(queue.take(8));
        }
        Set<UUID> ids = new HashSet<>();
        long coins = 0;
        int sends = 0;
        for (Cue cue : taken) {
            ids.addAll(cue.giftSendIds());
            sends += cue.giftSendIds().size();
            coins += cue.coins();
        }
        assertThat(sends).as("seed %d", seed).isEqualTo(20_000);
        assertThat(ids).as("seed %d", seed).isEqualTo(offered.keySet());
        assertThat(coins)
                .as("seed %d", seed)
                .isEqualTo(offered.values().stream().mapToLong(Long::longValue).sum());
    }
}
