package dev.confetti.e2e.life;

import dev.confetti.events.CoinEvent.CoinsGranted;
import dev.confetti.events.EventCodec;
import dev.confetti.events.EventIds;
import dev.confetti.events.EventType;
import dev.confetti.gift.log.EventLog;
import dev.confetti.gift.log.NewEvent;
import dev.confetti.gift.wallet.Wallet;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Forty viewers who are given coins, straight in the log: by requests it would take a minute. */
final class Crowd {
    private static final int VIEWERS = 40;
    private static final int APPENDED_AT_ONCE = 500;

    private Crowd() {}

    /** Gives 1 to 7 coins at each position that is free. */
    static void fillLog(LifeStage stage, long through) {
        EventLog log = stage.service.bean(EventLog.class);
        List<NewEvent> grants = new ArrayList<>();
        long missing = through - log.head();
        for (int i = 0; i < missing; i++) {
            grants.add(grant(stage, i));
        }
        for (int from = 0; from < grants.size(); from += APPENDED_AT_ONCE) {
            log.append(grants.subList(from, Math.min(from + APPENDED_AT_ONCE, grants.size())));
        }
    }

    private static NewEvent grant(LifeStage stage, int number) {
        String viewer = "crowd-" + number % VIEWERS;
        UUID grantId = EventIds.of("test", "grant", Integer.toString(number));
        return new NewEvent(
                grantId,
                Wallet.STREAM_TYPE,
                viewer,
                number / VIEWERS,
                EventType.COINS_GRANTED.typeName(),
                EventCodec.encode(new CoinsGranted(grantId, viewer, 1 + number % 7, null)),
                stage.now());
    }
}
