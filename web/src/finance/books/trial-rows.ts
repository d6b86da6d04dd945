import { compareAmounts, isZero, minus, sum } from '../desk/amount';
import { byText } from '../desk/words';
import type { AccountRow, Total } from '../shapes';

/** One line of a trial balance, beside what it was at a moment before. */
export interface TrialRow extends AccountRow {
    /** Balance then; an account that was not there had nothing. */
    then?: string;
    change?: string;
}

const GROUPS: readonly (readonly [type: string, name: string])[] = [
    ['asset', 'Assets'],
    ['liability', 'Liabilities'],
    ['income', 'Income'],
    ['cost', 'Costs'],
    ['coin', 'Coins of the platform'],
    ['viewer', 'Coins of viewers'],
    ['diamond', 'Diamonds of the platform'],
    ['creator', 'Diamonds of creators'],
];

export function groupName(type: string): string {
    return GROUPS.find(([known]) => known === type)?.[1] ?? type;
}

/** Money first, then coins, then diamonds; within a group by code and asset. */
export function inOrder(rows: readonly TrialRow[]): TrialRow[] {
    const place = (type: string) => GROUPS.findIndex(([known]) => known === type);
    return [...rows].sort((a, b) => place(a.type) - place(b.type) || byCode(a, b));
}

/**
 * Both moments side by side. Where only a part of either has been read, only accounts up to the last that both know are compared.
 *
 * @param isPart whether there is more of one of them than was read
 */
export function compared(now: readonly AccountRow[], then: readonly AccountRow[], isPart: { now: boolean; then: boolean }): TrialRow[] {
    const before = new Map(then.map((row) => [key(row), row]));
    const rows: TrialRow[] = now.map((row) => {
        const was = before.get(key(row))?.balance ?? zeroLike(row.balance);
        before.delete(key(row));
        return { ...row, then: was, change: minus(row.balance, was) };
    });
    for (const row of before.values()) {
        const zero = zeroLike(row.balance);
        rows.push({ ...row, debits: zero, credits: zero, balance: zero, then: row.balance, change: minus(zero, row.balance) });
    }
    const ends = [isPart.now ? now.at(-1) : undefined, isPart.then ? then.at(-1) : undefined].filter((end) => end !== undefined);
    return rows.filter((row) => ends.every((end) => byCode(row, end) <= 0)).sort(byCode);
}

export function isBalanced(total: Total): boolean {
    return compareAmounts(total.debits, total.credits) === 0;
}

/** What the rows of a group add up to, per asset. */
export function subtotals(rows: readonly TrialRow[]): Total[] {
    const assets = [...new Set(rows.map((row) => row.asset))].sort();
    return assets.map((asset) => {
        const own = rows.filter((row) => row.asset === asset);
        return { asset, debits: sum(own.map((row) => row.debits)), credits: sum(own.map((row) => row.credits)) };
    });
}

/** Rows without the accounts that hold nothing and moved nothing. */
export function withoutEmpty(rows: readonly TrialRow[]): TrialRow[] {
    return rows.filter((row) => !isZero(row.balance) || !isZero(row.change ?? '0') || !isZero(row.then ?? '0'));
}

function key(row: AccountRow): string {
    return `${row.code} ${row.asset}`;
}

function byCode(a: AccountRow, b: AccountRow): number {
    return byText(a.code, b.code) || byText(a.asset, b.asset);
}

function zeroLike(decimal: string): string {
    return decimal.replace('-', '').replace(/\d/g, '0').replace(/^0+(?=0)/, '');
}
