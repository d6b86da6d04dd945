package dev.confetti.gift.finance;

import dev.confetti.gift.command.OnceOnly.Answer;
import dev.confetti.gift.finance.ProposalTable.Asked;
import dev.confetti.gift.http.Page;
import dev.confetti.gift.http.PageRequest;
import dev.confetti.gift.http.PathIds;
import dev.confetti.gift.problem.ProblemType;
import dev.confetti.gift.problem.RefusedException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The way that each proposal takes from one person to a second: asked for once, decided once, never
 * by the same person. Thread-safe.
 */
final class Proposals<P extends Proposal> {
    private final ProposalTable<P> table;
    private final Kind kind;
    private final InstantSource clock;

    Proposals(ProposalTable<P> table, Kind kind, InstantSource clock) {
        this.table = table;
        this.kind = kind;
        this.clock = clock;
    }

    /**
     * What is proposed, and how its refusals are called.
     *
     * @param unknown no such one
     * @param notRequested it was decided
     * @param samePerson what is expected of who decides
     */
    record Kind(String noun, ProblemType unknown, ProblemType notRequested, String samePerson) {}

    /**
     * Keeps one until another person decides.
     *
     * @param rules throws what refuses it, unless it was asked for before
     * @param same whether one of the same name asks for the same, but for its reason
     * @return its id
     * @throws RefusedException {@code idempotency-key-reused}
     */
    Answer<UUID> request(String staffId, Asked asked, Runnable rules, Predicate<P> same) {
        Optional<P> before = table.find(asked.proposalId());
        boolean added = false;
        if (before.isEmpty()) {
            rules.run();
            added = table.add(asked, staffId, clock.instant());
            before = table.find(asked.proposalId());
        }
        if (before.filter(same).filter(each -> isReasonOf(each, asked)).isEmpty()) {
            throw new RefusedException(
                    ProblemType.IDEMPOTENCY_KEY_REUSED,
                    "Idempotency-Key: this key came before with other content; expected the same"
                            + " content, or a new key");
        }
        return new Answer<>(asked.proposalId(), !added);
    }

    private boolean isReasonOf(P recorded, Asked asked) {
        String reason = recorded.reason();
        return reason == null || reason.equals(asked.reason());
    }

    /**
     * Drops one; again by the same person has no effect.
     *
     * @param rules throws what keeps the person from deciding about it
     */
    P reject(String staffId, String id, Consumer<P> rules) {
        P proposal = require(id);
        if (proposal.status().equals("rejected") && staffId.equals(proposal.decidedBy())) {
            return proposal;
        }
        requireWaiting(proposal, staffId, rules);
        if (!table.reject(proposal.proposalId(), staffId, clock.instant())) {
            throw decided(proposal.proposalId());
        }
        return require(id);
    }

    /**
     * Refuses who may not decide about one, and what is decided.
     *
     * @param rules throws what keeps the person from deciding about it
     */
    void requireWaiting(P proposal, String staffId, Consumer<P> rules) {
        if (!proposal.status().equals("requested")) {
            throw decided(proposal.proposalId());
        }
        rules.accept(proposal);
        if (staffId.equals(proposal.requestedBy())) {
            throw new RefusedException(ProblemType.SAME_PERSON, kind.samePerson());
        }
    }

    RefusedException decided(UUID proposalId) {
        return new RefusedException(
                kind.notRequested(),
                kind.noun()
                        + " "
                        + proposalId
                        + ": expected one that waits for a decision; it was decided");
    }

    /**
     * One of them.
     *
     * @throws RefusedException that it is unknown
     */
    P require(String id) {
        return PathIds.uuid(id)
                .flatMap(table::find)
                .orElseThrow(
                        () ->
                                new RefusedException(
                                        kind.unknown(),
                                        kind.noun() + " \"" + id + "\": expected the id of one"));
    }

    /** Latest first. */
    Page<P> page(PageRequest page) {
        return Page.of(table.page(page.before(), page.limit() + 1), page, Proposal::requested);
    }
}
