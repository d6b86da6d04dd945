package dev.confetti.gift.wallet;

import dev.confetti.events.LotIds;
import dev.confetti.events.LotShare;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A wallet's lots that hold coins, in the order in which they are spent: oldest first. */
final class Lots {
    private Lots() {}

    /** Coins of all lots. */
    static long coins(List<Lot> lots) {
        long coins = 0;
        for (Lot lot : lots) {
            coins = Math.addExact(coins, lot.coins());
        }
        return coins;
    }

    /** Coins of one lot, 0 when it holds none. */
    static long coinsOf(List<Lot> lots, UUID lotId) {
        int index = indexOf(lots, lotId);
        return index < 0 ? 0 : lots.get(index).coins();
    }

    /**
     * What to take from which lots.
     *
     * @param coins at most those of all lots
     */
    static List<LotShare> oldestFirst(List<Lot> lots, long coins) {
        List<LotShare> shares = new ArrayList<>();
        long missing = coins;
        for (Lot lot : lots) {
            if (missing == 0) {
                break;
            }
            long taken = Math.min(lot.coins(), missing);
            shares.add(new LotShare(lot.lotId(), taken));
            missing -= taken;
        }
        if (missing != 0) {
            throw new IllegalStateException("lots lack " + missing + " of " + coins + " coins");
        }
        return shares;
    }

    /** The lots with one more, which is the newest. */
    static List<Lot> with(List<Lot> lots, Lot newest) {
        List<Lot> more = new ArrayList<>(lots);
        more.add(newest);
        return more;
    }

    /**
     * The lots without the shares of a gift.
     *
     * @throws IllegalStateException when a lot does not hold its share
     */
    static List<Lot> without(List<Lot> lots, List<LotShare> shares) {
        List<Lot> left = new ArrayList<>(lots);
        for (LotShare share : shares) {
            int index = indexOf(left, share.lotId());
            if (index < 0 || left.get(index).coins() < share.coins()) {
                throw new IllegalStateException(
                        "lot "
                                + share.lotId()
                                + ": expected at least "
                                + share.coins()
                                + " coins, found "
                                + (index < 0 ? "no such lot" : left.get(index).coins()));
            }
            long coins = left.get(index).coins() - share.coins();
            if (coins == 0) {
                left.remove(index);
            } else {
                left.set(index, new Lot(share.lotId(), coins));
            }
        }
        return left;
    }

    /** The lots without some coins of one lot; 0 takes none. */
    static List<Lot> without(List<Lot> lots, UUID lotId, long coins) {
        return coins == 0 ? lots : without(lots, List.of(new LotShare(lotId, coins)));
    }

    /** The lots with some coins given back to one lot; 0 gives none. */
    static List<Lot> refilled(List<Lot> lots, UUID lotId, long coins) {
        return coins == 0 ? lots : refilled(lots, List.of(new LotShare(lotId, coins)));
    }

    /**
     * The lots with the shares of a gift given back. A lot that was emptied comes back at the place
     * that its number says. One without a number comes back in front: it is older than all that
     * have one, and was emptied before those without one that still stand there.
     */
    static List<Lot> refilled(List<Lot> lots, List<LotShare> shares) {
        List<Lot> refilled = new ArrayList<>(lots);
        int revivedWithoutNumber = 0;
        for (LotShare share : shares) {
            int index = indexOf(refilled, share.lotId());
            if (index >= 0) {
                long coins = Math.addExact(refilled.get(index).coins(), share.coins());
                refilled.set(index, new Lot(share.lotId(), coins));
                continue;
            }
            long number = LotIds.number(share.lotId());
            int place =
                    number == LotIds.NO_NUMBER ? revivedWithoutNumber++ : placeOf(number, refilled);
            refilled.add(place, new Lot(share.lotId(), share.coins()));
        }
        return refilled;
    }

    private static int placeOf(long number, List<Lot> lots) {
        int place = lots.size();
        while (place > 0 && LotIds.number(lots.get(place - 1).lotId()) > number) {
            place--;
        }
        return place;
    }

    private static int indexOf(List<Lot> lots, UUID lotId) {
        for (int i = 0; i < lots.size(); i++) {
            if (lots.get(i).lotId().equals(lotId)) {
                return i;
            }
        }
        return -1;
    }
}
