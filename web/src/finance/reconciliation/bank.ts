import { callOf } from '../desk/route';
import { amount, chip, id, instant, minor, text, words } from '../reports/columns';
import type { Report } from '../reports/report';
import { CURRENCY } from './filters';

interface PayoutAtBank {
    payoutId: string;
    creatorId: string;
    state: string;
    currency: string;
    netMinor: number;
    batchId: string;
    sentAt: string;
    endedAt?: string;
    ageDays?: number;
    lines: LineAtBank[];
}

export const payoutsAtBank: Report<PayoutAtBank> = {
    title: () => 'Payouts at the bank',
    note: 'Payouts that the bank was given, and what it said of each.',
    filters: [
        {
            name: 'state',
            label: 'State',
            kind: 'choice',
            choices: [['', 'all'], ['in-transit', 'in transit'], ['settled', 'settled'], ['failed', 'failed'], ['returned', 'returned']],
        },
        CURRENCY,
    ],
    call: ({ query }) => callOf(['reconciliation', 'payouts'], query),
    list: 'payouts',
    columns: () => [
        id('Payout', (row) => row.payoutId, 'payouts'),
        id('Creator', (row) => row.creatorId, 'creators'),
        chip('State', (row) => row.state),
        id('Batch', (row) => row.batchId, 'batches'),
        instant('Sent', (row) => row.sentAt),
        amount('Age in days', (row) => row.ageDays),
        minor('To the bank', (row) => row.netMinor, (row) => row.currency),
        words('What the bank said', (row) => row.lines.map((line) => `${line.kind} ${line.bookedOn ?? ''} (${line.state})`).join(', ')),
    ],
    empty: 'No payout is in this state.',
};

interface LineAtBank {
    reference: string;
    bankMessageId: string;
    kind: string;
    payoutId?: string;
    amountMinor?: number;
    currency?: string;
    bookedOn?: string;
    bankReason?: string;
    state: string;
    why?: string;
    receivedAt: string;
    ageDays?: number;
}

export const bankLines: Report<LineAtBank> = {
    title: () => 'Bank lines',
    note: 'Lines of the bank’s messages: those that fit no payout, that contradict one, that wait for what they follow on.',
    filters: [
        {
            name: 'state',
            label: 'State',
            kind: 'choice',
            choices: [['', 'all'], ['unmatched', 'unmatched'], ['contradicted', 'contradicted'], ['waiting', 'waiting'], ['matched', 'matched']],
        },
        CURRENCY,
    ],
    call: ({ query }) => callOf(['reconciliation', 'bank-lines'], query),
    list: 'lines',
    columns: () => [
        text('Line', (row) => row.reference),
        text('What', (row) => row.kind),
        chip('State', (row) => row.state),
        id('Payout', (row) => row.payoutId, 'payouts'),
        minor('Amount', (row) => row.amountMinor, (row) => row.currency),
        text('Booked on', (row) => row.bookedOn),
        amount('Age in days', (row) => row.ageDays),
        text('Bank’s reason', (row) => row.bankReason),
        words('Why', (row) => row.why),
        id('Message', (row) => row.bankMessageId, 'bank-messages'),
    ],
    empty: 'No line of the bank is in this state.',
};
