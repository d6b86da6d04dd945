import { describe, expect, it } from 'vitest';
import { ProblemError, UnreachableError } from '../../src/api/problem';
import { originOf } from '../../src/finance/books/records';
import { faultOf } from '../../src/finance/desk/fault';
import { Pages } from '../../src/finance/desk/pages';
import { labelOf, shortId, typeText } from '../../src/finance/desk/words';
import { monthsOf } from '../../src/finance/periods/months';
import { fileName, sizeText } from '../../src/finance/reports/download';
import type { ClosedPeriod } from '../../src/finance/shapes';

const problem = (status: number, kind: string, detail: string) => new ProblemError(status, { type: `https://confetti.dev/problems/${kind}`, detail });

describe('what went wrong', () => {
    it('is said in the server’s own words, with its name, also when the server is at fault', () => {
        expect(faultOf(problem(409, 'nothing-to-pay', 'no payout is approved'))).toEqual({ kind: 'refused', words: 'no payout is approved (nothing-to-pay, 409)' });
        expect(faultOf(problem(500, 'internal', 'the log is away')).words).toBe('the log is away (internal, 500)');
    });

    it('says of two persons what to do', () => {
        expect(faultOf(problem(403, 'same-person', 'expected another person')).words).toBe(
            'Somebody else must do this: what one person asked for, another person decides. expected another person (same-person, 403)',
        );
    });

    it('is one line where a list is not built yet, and a refusal where a record is not there', () => {
        const missing = (detail: string) => faultOf(problem(404, 'not-found', detail));
        expect(missing('No static resource v1/ledger/vat.')).toEqual({ kind: 'missing', words: 'This server does not have this yet. It says: No static resource v1/ledger/vat.' });
        expect(missing('GET /v1/reconciliation/providers: expected a call of the API, see /v3/api-docs').kind).toBe('missing');
        expect(faultOf(new ProblemError(404, {})).kind).toBe('missing');
        expect(missing('viewer "x": expected a person with an account in the ledger')).toEqual({ kind: 'refused', words: 'viewer "x": expected a person with an account in the ledger (not-found, 404)' });
    });

    it('is no refusal when nobody answered', () => {
        expect(faultOf(new UnreachableError()).kind).toBe('failed');
        expect(faultOf(problem(401, 'unauthenticated', 'token')).kind).toBe('sign-in');
    });
});

describe('a list of the API', () => {
    const api = (answers: Record<string, unknown>) => ({ readMine: <T>(path: string) => (path in answers ? Promise.resolve(answers[path] as T) : Promise.reject(new Error(path))) });

    it('is read page by page until there is no cursor', async () => {
        const pages = await Pages.read(api({ '/v1/x?a=1': { rows: [1, 2], nextCursor: 'a+b' }, '/v1/x?a=1&cursor=a%2Bb': { rows: [3], nextCursor: null } }), '/v1/x?a=1', 'rows');
        expect([pages.rows, pages.hasMore]).toEqual([[1, 2], true]);
        const all = await pages.next();
        expect([all.rows, all.hasMore]).toEqual([[1, 2, 3], false]);
    });

    it('that is no list is refused by name', async () => {
        await expect(Pages.read(api({ '/v1/x?a=1': { other: [] } }), '/v1/x?a=1', 'rows')).rejects.toThrow('/v1/x: expected a list "rows"');
    });
});

describe('months of the books', () => {
    const closed = (period: string): ClosedPeriod => ({ period, throughPosition: 1, logHash: 'h', closedBy: 'fin-1', closedAt: `${period}-28T00:00:00Z`, position: 2 });
    const shown = (months: ReturnType<typeof monthsOf>) => months.map(({ period, state }) => `${period} ${state}`);

    it('are closed in order, and not before they are over', () => {
        expect(shown(monthsOf([closed('2026-08'), closed('2026-07')], '2026-07', '2026-11'))).toEqual([
            '2026-11 not over',
            '2026-10 waits for an earlier month',
            '2026-09 to close',
            '2026-08 closed',
            '2026-07 closed',
        ]);
    });

    it('begin with the first entry where none is closed', () => {
        expect(shown(monthsOf([], '2026-10', '2026-11'))).toEqual(['2026-11 not over', '2026-10 to close']);
        expect(shown(monthsOf([], undefined, '2026-11'))).toEqual(['2026-11 not over']);
        expect(shown(monthsOf([closed('2026-10')], '2026-10', '2026-11'))).toEqual(['2026-11 not over', '2026-10 closed']);
    });
});

describe('small words', () => {
    it('of an entry lead to what it came from', () => {
        expect(originOf('confetti.chargeback-lost.v1')).toBe('purchases');
        expect(originOf('confetti.payout-returned.v1')).toBe('payouts');
        expect(originOf('confetti.provider-settled.v1')).toBe('settlements');
        expect(originOf('confetti.gift-sent.v1')).toBeUndefined();
    });

    it('of types, fields and ids are short but tell what they are', () => {
        expect(typeText('confetti.gift-sent.v1')).toBe('gift-sent');
        expect(typeText('something-else')).toBe('something-else');
        expect(labelOf('throughPosition')).toBe('Through position');
        expect(labelOf('payoutId')).toBe('Payout ID');
        expect(shortId('2bd6f1ff-5886-5731-8a77-79f6f040ac29')).toBe('2bd6f1ff…');
        expect(shortId('00000000-0000-0000-8a77-6ae0e60050cf')).toBe('…6ae0e60050cf');
        expect(shortId('demo-viewer-1')).toBe('demo-viewer-1');
    });

    it('of files say name and size', () => {
        expect(fileName('attachment; filename="ledger.csv"', 'x')).toBe('ledger.csv');
        expect(fileName('attachment; filename="../../etc/passwd"', 'x')).toBe('x');
        expect(fileName(null, 'x')).toBe('x');
        expect(sizeText(999)).toBe('999 B');
        expect(sizeText(1_234_567)).toBe('1.2 MB');
    });
});
