import { typeText } from '../desk/words';

/** A kind of record that has an id of its own and a call that reads it. */
export interface RecordKind {
    name: string;
    /** Where it is read: the API's path before the id. */
    call: readonly string[];
}

/** By the first word of their place in the console. */
export const RECORDS = {
    purchases: { name: 'Purchase', call: ['coin-purchases'] },
    payouts: { name: 'Payout', call: ['payouts'] },
    batches: { name: 'Payout batch', call: ['payout-batches'] },
    settlements: { name: 'Provider settlement', call: ['provider-settlements'] },
    'bank-messages': { name: 'Bank message', call: ['bank-messages'] },
    adjustments: { name: 'Adjustment', call: ['ledger', 'adjustments'] },
    breakage: { name: 'Breakage estimate', call: ['ledger', 'breakage'] },
    lots: { name: 'Coin lot', call: ['ledger', 'lots'] },
} as const satisfies Record<string, RecordKind>;

export type RecordPlace = keyof typeof RECORDS;

/** What the reference of an entry names, by the entry's type; undefined where it is nothing but the entries themselves. */
export function originOf(eventType: string): RecordPlace | undefined {
    const type = typeText(eventType);
    if (type === 'coins-purchased' || type === 'purchase-refunded' || type.startsWith('chargeback-')) return 'purchases';
    if (type.startsWith('payout-')) return 'payouts';
    if (type === 'provider-settled') return 'settlements';
    if (type.startsWith('adjustment-')) return 'adjustments';
    if (type === 'breakage-recognised') return 'breakage';
    return undefined;
}

/** Where an id of a field of that name leads; undefined where the console has no place for it. */
export function placeOfField(field: string): string | undefined {
    const places: Record<string, string> = {
        purchaseId: 'purchases',
        payoutId: 'payouts',
        batchId: 'batches',
        settlementId: 'settlements',
        bankMessageId: 'bank-messages',
        adjustmentId: 'adjustments',
        breakageId: 'breakage',
        lotId: 'lots',
        creatorId: 'creators',
        viewerId: 'viewers',
        entryId: 'entries',
        account: 'accounts',
        debit: 'accounts',
        credit: 'accounts',
    };
    return places[field];
}
