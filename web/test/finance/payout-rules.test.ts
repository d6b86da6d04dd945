import { describe, expect, it } from 'vitest';
import { STAGES, actsOf, outcomesOf, stageOf, whyNone } from '../../src/finance/payouts/payout-rules';
import type { Payout, PayoutStatus } from '../../src/finance/shapes';

const payout = (status: PayoutStatus, more: Partial<Payout> = {}): Payout => ({
    payoutId: 'p',
    creatorId: 'ada',
    status,
    diamonds: '50.0000',
    amount: { amountMinor: 50, currency: 'USD' },
    requestedAt: '2026-11-27T10:00:00Z',
    position: 1,
    ...more,
});
const said = (requestedBy: string) => ({ resolution: { resolutionId: 'r', outcome: 'settled', charges: { amountMinor: 0, currency: 'USD' }, requestedBy, requestedAt: '2026-11-27T11:00:00Z' } });

describe('what finance is offered to do with a payout', () => {
    it('is what its stage allows', () => {
        expect(actsOf(payout('requested'), 'fin-1')).toEqual(['approve', 'reject']);
        expect(actsOf(payout('approved'), 'fin-1')).toEqual(['withdraw']);
        expect(actsOf(payout('approved', { batchId: 'b' }), 'fin-1')).toEqual([]);
        expect(actsOf(payout('sent'), 'fin-1')).toEqual(['resolve']);
        expect(actsOf(payout('failed'), 'fin-1')).toEqual([]);
    });

    it('is nothing where it is one’s own, and says why', () => {
        for (const status of ['requested', 'approved', 'sent'] as const) expect(actsOf(payout(status), 'ada')).toEqual([]);
        expect(whyNone(payout('requested'), 'ada')).toBe('Yours: another person decides');
        expect(whyNone(payout('requested'), 'fin-1')).toBe('');
    });

    it('is to agree only for another person than who said what became of it', () => {
        expect(actsOf(payout('sent', said('fin-1')), 'fin-1')).toEqual(['resolve']);
        expect(whyNone(payout('sent', said('fin-1')), 'fin-1')).toBe('You said what became of it: another person agrees');
        expect(actsOf(payout('sent', said('fin-1')), 'fin-2')).toEqual(['agree', 'resolve']);
    });

    it('is to say that it came back only of a settled one', () => {
        expect(outcomesOf(payout('settled'))).toEqual(['returned']);
        expect(outcomesOf(payout('sent'))).toEqual(['settled', 'failed']);
    });
});

describe('a stage of the queue', () => {
    it('is the first when the address names none that there is', () => {
        expect(stageOf(undefined).name).toBe('requested');
        expect(stageOf('nonsense').name).toBe('requested');
    });

    it('tells approved payouts in a batch from those that wait for one', () => {
        const stages = (of: Payout) => STAGES.filter((stage) => stage.has?.(of)).map((stage) => stage.name);
        expect(stages(payout('approved'))).toEqual(['approved']);
        expect(stages(payout('approved', { batchId: 'b' }))).toEqual(['in-batch']);
    });
});
