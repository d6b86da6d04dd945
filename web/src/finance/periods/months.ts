import { monthsLater } from '../desk/moment';
import type { ClosedPeriod } from '../shapes';

/** A month as the list shows it. */
export interface Month {
    period: string;
    state: 'closed' | 'to close' | 'waits for an earlier month' | 'not over';
    closed?: ClosedPeriod;
}

const MOST_OPEN_MONTHS = 24;

/**
 * Closed months and those after them, latest first. Months are closed in order: only the one after the last closed can be, once it is over.
 *
 * @param first the month of the books' first entry, where none is closed yet
 * @param now this month
 */
export function monthsOf(closed: readonly ClosedPeriod[], first: string | undefined, now: string): Month[] {
    const last = closed.map((one) => one.period).sort().at(-1);
    const next = last === undefined ? (first ?? now) : monthsLater(last, 1);
    const open: Month[] = [];
    for (let month = next; month <= now && open.length < MOST_OPEN_MONTHS; month = monthsLater(month, 1)) {
        open.push({ period: month, state: month === now ? 'not over' : month === next ? 'to close' : 'waits for an earlier month' });
    }
    const done = [...closed].sort((a, b) => (a.period < b.period ? 1 : -1)).map((one): Month => ({ period: one.period, state: 'closed', closed: one }));
    return [...open.reverse(), ...done];
}
