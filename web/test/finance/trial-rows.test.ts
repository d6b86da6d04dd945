import { describe, expect, it } from 'vitest';
import { compared, inOrder, isBalanced, withoutEmpty } from '../../src/finance/books/trial-rows';
import type { AccountRow } from '../../src/finance/shapes';

const row = (code: string, balance: string, type = 'asset', asset = 'USD'): AccountRow => ({ code, type, asset, debits: balance, credits: '0.00', balance });
const WHOLE = { now: false, then: false };

describe('two trial balances side by side', () => {
    it('say what changed, also of an account that is new', () => {
        const rows = compared([row('1010:bank', '10.00'), row('1020:receivable:psp', '3.50')], [row('1010:bank', '12.25')], WHOLE);
        expect(rows.map(({ code, then, change }) => [code, then, change])).toEqual([
            ['1010:bank', '12.25', '-2.25'],
            ['1020:receivable:psp', '0.00', '3.50'],
        ]);
    });

    it('know an account that only the other moment has', () => {
        expect(compared([], [row('1010:bank', '-112.25')], WHOLE)).toMatchObject([{ code: '1010:bank', balance: '0.00', then: '-112.25', change: '112.25' }]);
    });

    it('keep the assets of one account apart', () => {
        const rows = compared([row('1010:bank', '1.00', 'asset', 'EUR'), row('1010:bank', '2.00')], [row('1010:bank', '0.50')], WHOLE);
        expect(rows.map(({ asset, change }) => [asset, change])).toEqual([
            ['EUR', '1.00'],
            ['USD', '1.50'],
        ]);
    });

    it('compare only as far as both have been read', () => {
        const now = [row('a', '1.00'), row('b', '1.00'), row('c', '1.00')];
        const then = [row('a', '1.00'), row('b', '1.00')];
        expect(compared(now, then, { now: false, then: true }).map(({ code }) => code)).toEqual(['a', 'b']);
        expect(compared(now, then, { now: false, then: false }).map(({ code }) => code)).toEqual(['a', 'b', 'c']);
    });
});

describe('a trial balance', () => {
    it('stands in the order of statements: money, coins, diamonds', () => {
        const rows = [row('viewer:*:coin:paid', '1', 'viewer', 'COIN'), row('5010:creator-share', '1', 'cost'), row('1020:x', '1'), row('1010:bank', '1'), row('2010:y', '1', 'liability')];
        expect(inOrder(rows).map(({ code }) => code)).toEqual(['1010:bank', '1020:x', '2010:y', '5010:creator-share', 'viewer:*:coin:paid']);
    });

    it('is balanced when both sides are the same amount, to the last place', () => {
        expect(isBalanced({ asset: 'USD', debits: '137.514722', credits: '137.514722' })).toBe(true);
        expect(isBalanced({ asset: 'USD', debits: '137.514722', credits: '137.514721' })).toBe(false);
    });

    it('leaves out only what holds nothing now and held nothing then', () => {
        const rows = [row('a', '0.00'), { ...row('b', '0.00'), then: '1.00', change: '-1.00' }, row('c', '1.00')];
        expect(withoutEmpty(rows).map(({ code }) => code)).toEqual(['b', 'c']);
    });
});
