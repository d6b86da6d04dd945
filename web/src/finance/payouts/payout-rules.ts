import type { Payout } from '../shapes';

/** What a person of finance may be offered to do with a payout. The service decides again; here nothing is offered that it would refuse. */
export type PayoutAct = 'approve' | 'reject' | 'withdraw' | 'resolve' | 'agree';

/** A stage of the queue, and the status that the API knows it by. */
export interface Stage {
    name: string;
    label: string;
    status?: string;
    /** Of those of that status, which belong here. */
    has?: (payout: Payout) => boolean;
}

export const STAGES: readonly Stage[] = [
    { name: 'requested', label: 'Requested', status: 'requested' },
    { name: 'approved', label: 'Approved', status: 'approved', has: (payout) => payout.batchId === undefined },
    { name: 'in-batch', label: 'In a batch', status: 'approved', has: (payout) => payout.batchId !== undefined },
    { name: 'sent', label: 'Sent', status: 'sent' },
    { name: 'settled', label: 'Settled', status: 'settled' },
    { name: 'failed', label: 'Failed', status: 'failed' },
    { name: 'returned', label: 'Returned', status: 'returned' },
    { name: 'rejected', label: 'Rejected', status: 'rejected' },
    { name: 'withdrawn', label: 'Withdrawn', status: 'withdrawn' },
    { name: 'all', label: 'All' },
];

export function stageOf(name: string | undefined): Stage {
    return STAGES.find((stage) => stage.name === name) ?? STAGES[0]!;
}

export function actsOf(payout: Payout, me: string): PayoutAct[] {
    if (payout.creatorId === me) return [];
    switch (payout.status) {
        case 'requested':
            return ['approve', 'reject'];
        case 'approved':
            return payout.batchId === undefined ? ['withdraw'] : [];
        case 'sent':
        case 'settled':
            return atBank(payout, me);
        case 'rejected':
        case 'withdrawn':
        case 'failed':
        case 'returned':
            return [];
    }
}

/** What stands in place of the buttons. */
export function whyNone(payout: Payout, me: string): string {
    if (payout.creatorId === me) return 'Yours: another person decides';
    if (payout.resolution?.requestedBy === me) return 'You said what became of it: another person agrees';
    return '';
}

/** The latest that was said counts, so it can be said anew; who said it does not agree to it. */
function atBank(payout: Payout, me: string): PayoutAct[] {
    return payout.resolution === undefined || payout.resolution.requestedBy === me ? ['resolve'] : ['agree', 'resolve'];
}

/** What can have become of it at the bank: a settled payout may still come back. */
export function outcomesOf(payout: Payout): readonly string[] {
    return payout.status === 'settled' ? ['returned'] : ['settled', 'failed'];
}
