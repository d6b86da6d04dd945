package dev.confetti.simulation.model;

import dev.confetti.simulation.model.Command.Agree;
import dev.confetti.simulation.model.Command.Resolve;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What two persons say became of payouts at the bank. */
final class Resolutions {
    private final Journal journal;
    private final Payroll payroll;
    private final Payouts payouts;
    private final Bank bank;
    private final Map<Name, Said> all = new LinkedHashMap<>();

    private record Said(Payout payout, String outcome, long chargesMinor, String by) {}

    Resolutions(Journal journal, Payroll payroll, Payouts payouts, Bank bank) {
        this.journal = journal;
        this.payroll = payroll;
        this.payouts = payouts;
        this.bank = bank;
    }

    List<Name> names() {
        return List.copyOf(all.keySet());
    }

    /** Which payout it is of; one that nobody has for one that nobody made. */
    Name payoutOf(Name resolution) {
        Said said = all.get(resolution);
        return said == null ? resolution : said.payout().name;
    }

    Facts resolve(Resolve resolve) {
        Payout payout = payouts.find(resolve.payout());
        if (payout == null) {
            return new Facts("unknown-payout");
        }
        String before = resolve.outcome().equals("returned") ? "settled" : "sent";
        if (!payout.status.equals(before)) {
            return new Facts("payout-not-at-bank");
        }
        if (payout.creator.equals(resolve.caller())) {
            return new Facts("same-person");
        }
        if (resolve.chargesMinor() > payout.netMinor()) {
            return new Facts("malformed-request");
        }
        Name name = journal.named("resolution");
        Account account = payroll.account(payout.creator);
        return journal.append(
                resolve,
                "creator " + payout.creator,
                account.events,
                new Facts("payout-resolution-requested")
                        .with("creator", payout.creator)
                        .with("payout", payout.name)
                        .with("resolution", name)
                        .with("outcome", resolve.outcome())
                        .with("chargesMinor", resolve.chargesMinor())
                        .with("by", resolve.caller()),
                Economy.done().with("resolution", name).with("status", "requested"),
                () -> {
                    account.events++;
                    payout.resolution = name;
                    all.put(
                            name,
                            new Said(
                                    payout,
                                    resolve.outcome(),
                                    resolve.chargesMinor(),
                                    resolve.caller()));
                    return List.of();
                });
    }

    Facts agree(Agree agree) {
        Payout payout = payouts.find(agree.payout());
        if (payout == null) {
            return new Facts("unknown-payout");
        }
        Said said = all.get(agree.resolution());
        if (said == null || said.payout() != payout) {
            return new Facts("unknown-resolution");
        }
        if (agree.resolution().equals(payout.resolvedBy.get(said.outcome()))
                && agree.by().equals(payout.agreedBy.get(said.outcome()))) {
            return new Facts("done").with("status", payout.status);
        }
        if (!agree.resolution().equals(payout.resolution)) {
            return new Facts("resolution-not-requested");
        }
        if (agree.by().equals(said.by()) || agree.by().equals(payout.creator)) {
            return new Facts("same-person");
        }
        return bank.asPeopleSay(
                payout, agree.resolution(), said.outcome(), said.chargesMinor(), agree.by());
    }
}
