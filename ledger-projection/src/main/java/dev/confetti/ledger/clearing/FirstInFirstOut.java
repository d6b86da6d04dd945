package dev.confetti.ledger.clearing;

import java.util.ArrayList;
import java.util.List;

/** Settles items on one side with those on the other, the oldest first. Pure. */
final class FirstInFirstOut {
    private FirstInFirstOut() {}

    /**
     * What is left open: items on one side only, which have the same sum.
     *
     * @param items oldest first; not changed
     */
    static List<OpenItem> settle(List<OpenItem> items) {
        long sum = 0;
        for (OpenItem item : items) {
            sum = Math.addExact(sum, item.amount());
        }
        int side = Long.signum(sum);
        long others = 0;
        for (OpenItem item : items) {
            if (Long.signum(item.amount()) != side) {
                others = Math.addExact(others, item.amount());
            }
        }
        List<OpenItem> left = new ArrayList<>();
        for (OpenItem item : items) {
            if (side != 0 && Long.signum(item.amount()) == side) {
                long settled = Math.min(Math.abs(item.amount()), Math.abs(others));
                others += side * settled;
                long open = item.amount() - side * settled;
                if (open != 0) {
                    left.add(item.withAmount(open));
                }
            }
        }
        return left;
    }
}
