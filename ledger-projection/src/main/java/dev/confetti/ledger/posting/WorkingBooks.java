package dev.confetti.ledger.posting;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Books in memory that follow each draft. Not thread-safe. */
public final class WorkingBooks implements Books {
    private final Map<UUID, Lot> lots = new HashMap<>();
    private final Map<UUID, BookedGift> gifts = new HashMap<>();
    private final Set<UUID> wantedGifts = new HashSet<>();
    private final Set<UUID> changedLots = new LinkedHashSet<>();
    private final Map<Payable, Long> payables = new HashMap<>();
    private final Set<String> creatorsOfPayables = new HashSet<>();
    private final Set<Payable> changedPayables = new LinkedHashSet<>();

    /** Gifts are kept only when somebody will ask for them: most are never reversed. */
    public void willAskFor(UUID giftSendId) {
        wantedGifts.add(giftSendId);
    }

    /** Drops the gifts, and who asked for them. */
    public void forgetGifts() {
        gifts.clear();
        wantedGifts.clear();
    }

    public int lotCount() {
        return lots.size();
    }

    /** The lots that drafts made or changed since the last call, as they now are. */
    public List<Lot> changedLots() {
        List<Lot> changed = new ArrayList<>(changedLots.size());
        for (UUID id : changedLots) {
            changed.add(Objects.requireNonNull(lots.get(id)));
        }
        changedLots.clear();
        return changed;
    }

    /** Whom and in what something can be paid. */
    public record Payable(String creatorId, Asset currency) {}

    /** What drafts changed of what creators can be paid since the last call, as it now is. */
    public Map<Payable, Long> changedPayables() {
        Map<Payable, Long> changed = new LinkedHashMap<>();
        for (Payable payable : changedPayables) {
            changed.put(payable, payables.getOrDefault(payable, 0L));
        }
        changedPayables.clear();
        return changed;
    }

    /** Whether {@link #putPayables} was told of this creator. */
    public boolean knowsPayablesOf(String creatorId) {
        return creatorsOfPayables.contains(creatorId);
    }

    public int payablesCount() {
        return creatorsOfPayables.size();
    }

    /**
     * Takes over what creators can be paid.
     *
     * @param amounts for any of the creators; what is missing is 0
     */
    public void putPayables(Collection<String> creatorIds, Map<Payable, Long> amounts) {
        creatorsOfPayables.addAll(creatorIds);
        payables.putAll(amounts);
    }

    public void put(Lot lot) {
        lots.put(lot.lotId(), lot);
    }

    public void put(UUID giftSendId, BookedGift gift) {
        gifts.put(giftSendId, gift);
    }

    @Override
    public @Nullable Lot lot(UUID lotId) {
        return lots.get(lotId);
    }

    @Override
    public @Nullable BookedGift gift(UUID giftSendId) {
        return gifts.get(giftSendId);
    }

    @Override
    public long payable(String creatorId, Asset currency) {
        return payables.getOrDefault(new Payable(creatorId, currency), 0L);
    }

    /** Takes over what a draft of {@link PostingRules} changes. */
    public void apply(EntryDraft draft) {
        Lot opened = draft.opened();
        if (opened != null) {
            put(opened);
            changedLots.add(opened.lotId());
        }
        for (LotUse use : draft.lotUses()) {
            Lot lot = lots.get(use.lotId());
            if (lot == null) {
                throw new UnpostableEventException(
                        use + ": expected its lot " + use.lotId() + " in the books, found none");
            }
            put(lot.after(use));
            changedLots.add(lot.lotId());
        }
        for (PayableChange change : draft.payables()) {
            Payable payable = new Payable(change.creatorId(), change.currency());
            payables.merge(payable, change.amount(), Math::addExact);
            changedPayables.add(payable);
        }
        UUID reference = draft.reference();
        BookedGift gift = gifts.get(reference);
        if (gift != null) {
            gifts.put(reference, gift.asReversed());
        } else if (wantedGifts.contains(reference)) {
            gifts.put(reference, new BookedGift(draft.legs(), draft.lotUses(), false));
        }
    }
}
