import type { Cue } from '../cue/cue';

/** One animation on the stage, or waiting for its turn. */
export interface Act {
    key: string;
    cue: Cue;
    count: number;
    coins: number;
    /** Grows with every send that joined, so that the count can tick. */
    bumps: number;
    shownAtMs: number;
    untilMs: number;
}

export type LaneName = 'small' | 'medium' | 'large';

interface Lane {
    /** At most so many on screen. */
    slots: number;
    /** At most so many wait; beyond it the oldest of the lowest tier goes. */
    maxQueue: number;
    showMs: number;
    /** A joining send keeps the act on screen at least so much longer. */
    joinMs: number;
    acting: Act[];
    queue: Act[];
}

/** No act stays longer than this, however often its combo goes on. */
const MAX_ACT_MS = 20_000;

/**
 * What is on screen: small gifts (tiers 1 and 2) in a side lane, medium ones (tier 3), and large ones (tiers 4 and 5) one at a time. Sends of
 * one combo join one act whose count grows. Every lane and queue is bounded, so that a storm of gifts costs no more than a full stage.
 */
export class Stage {
    private readonly lanes: Record<LaneName, Lane> = {
        small: lane(4, 24, 3_200, 2_200),
        medium: lane(1, 12, 3_800, 2_500),
        large: lane(1, 40, 5_200, 2_500),
    };
    private nextKey = 0;

    constructor(
        private readonly onShown: (cue: Cue, nowMs: number) => void = () => undefined,
        private readonly durationMsOf: (giftId: string) => number | undefined = () => undefined,
    ) {}

    /** Takes a cue whose time has come. */
    offer(cue: Cue, nowMs: number): void {
        const lane = this.lanes[laneOf(cue.tier)];
        const same = (act: Act) => act.cue.comboId === cue.comboId && act.cue.giftId === cue.giftId;
        const acting = lane.acting.find(same);
        if (acting !== undefined && acting.untilMs > nowMs) {
            join(acting, cue);
            acting.untilMs = Math.min(Math.max(acting.untilMs, nowMs + lane.joinMs), acting.shownAtMs + MAX_ACT_MS);
            this.onShown(cue, nowMs);
            return;
        }
        const queued = lane.queue.find(same);
        if (queued !== undefined) {
            join(queued, cue);
        } else {
            const key = `act-${this.nextKey++}`;
            lane.queue.push({ key, cue, count: cue.comboCount, coins: cue.coins, bumps: 0, shownAtMs: 0, untilMs: 0 });
        }
        this.tick(nowMs);
        if (lane.queue.length > lane.maxQueue) lane.queue.splice(lowestTier(lane.queue), 1);
    }

    /** Ends what is over and begins what waits; true when the picture changed. */
    tick(nowMs: number): boolean {
        let changed = false;
        for (const lane of Object.values(this.lanes)) {
            const before = lane.acting.length;
            lane.acting = lane.acting.filter((act) => act.untilMs > nowMs);
            changed ||= lane.acting.length !== before;
            while (lane.queue.length > 0 && lane.acting.length < lane.slots) {
                const act = lane.queue.shift()!;
                act.shownAtMs = nowMs;
                act.untilMs = nowMs + this.showMs(lane, act);
                lane.acting.push(act);
                this.onShown(act.cue, nowMs);
                changed = true;
            }
        }
        return changed;
    }

    acts(name: LaneName): readonly Act[] {
        return this.lanes[name].acting;
    }

    waiting(name: LaneName): number {
        return this.lanes[name].queue.length;
    }

    get idle(): boolean {
        return Object.values(this.lanes).every((lane) => lane.acting.length === 0 && lane.queue.length === 0);
    }

    /** The gift's own length on the big stages; shorter while many wait. */
    private showMs(lane: Lane, act: Act): number {
        const own = lane === this.lanes.small ? undefined : this.durationMsOf(act.cue.giftId);
        const fullMs = own === undefined ? lane.showMs : Math.min(Math.max(own, 2_000), 7_000);
        return lane.queue.length > 3 ? Math.round(fullMs * 0.6) : fullMs;
    }
}

export function laneOf(tier: number): LaneName {
    if (tier <= 2) return 'small';
    return tier === 3 ? 'medium' : 'large';
}

function lane(slots: number, maxQueue: number, showMs: number, joinMs: number): Lane {
    return { slots, maxQueue, showMs, joinMs, acting: [], queue: [] };
}

function join(act: Act, cue: Cue): void {
    act.cue = cue;
    act.count = Math.max(act.count, cue.comboCount);
    act.coins += cue.coins;
    act.bumps++;
}

/** The oldest act among those of the lowest tier. */
function lowestTier(queue: Act[]): number {
    let found = 0;
    for (let i = 1; i < queue.length; i++) {
        if (queue[i]!.cue.tier < queue[found]!.cue.tier) found = i;
    }
    return found;
}
