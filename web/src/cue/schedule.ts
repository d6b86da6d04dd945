import type { Cue } from './cue';

/** A cue that waits for its media time on the player's clock. */
interface Waiting {
    cue: Cue;
    atMs: number;
}

const MAX_WAITING = 500;
const MAX_REMEMBERED = 5_000;
/** A cue that is later than this (the player jumped far over it) is not shown any more. */
export const MAX_LATE_MS = 5_000;

/** Cues in the order of their media time; each send is handed out once, whichever way it came. */
export class CueSchedule {
    private waiting: Waiting[] = [];
    private readonly seen = new Set<string>();

    /** Takes a cue to be shown at `atMs` on the player's clock; false when all its sends are known already. */
    add(cue: Cue, atMs: number): boolean {
        if (!this.remember(cue)) return false;
        let at = this.waiting.length;
        while (at > 0 && this.waiting[at - 1]!.atMs > atMs) at--;
        this.waiting.splice(at, 0, { cue, atMs });
        if (this.waiting.length > MAX_WAITING) this.waiting.splice(this.cheapest(), 1);
        return true;
    }

    /** Notes a cue that is shown at once; false when all its sends are known already. */
    remember(cue: Cue): boolean {
        if (cue.giftSendIds.every((id) => this.seen.has(id))) return false;
        for (const id of cue.giftSendIds) this.seen.add(id);
        for (const id of this.seen) {
            if (this.seen.size <= MAX_REMEMBERED) break;
            this.seen.delete(id); // a set iterates in order of insertion: the oldest goes
        }
        return true;
    }

    /** Takes out the cues whose time has come. */
    due(nowMs: number): Cue[] {
        const ready: Cue[] = [];
        while (this.waiting.length > 0 && this.waiting[0]!.atMs <= nowMs) {
            const next = this.waiting.shift()!;
            if (nowMs - next.atMs <= MAX_LATE_MS) ready.push(next.cue);
        }
        return ready;
    }

    /** The player's clock starts anew (after a reconnect): what waited is handed out, since its time means nothing any more. */
    drain(): Cue[] {
        const rest = this.waiting.map((waiting) => waiting.cue);
        this.waiting = [];
        return rest;
    }

    get size(): number {
        return this.waiting.length;
    }

    private cheapest(): number {
        let found = 0;
        for (let i = 1; i < this.waiting.length; i++) {
            if (this.waiting[i]!.cue.tier < this.waiting[found]!.cue.tier) found = i;
        }
        return found;
    }
}
