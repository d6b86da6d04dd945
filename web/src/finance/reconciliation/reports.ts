import { html } from 'lit';
import { callOf, hrefOf } from '../desk/route';
import { momentAt, momentText } from '../desk/moment';
import { uploadForm } from '../desk/upload';
import { amount, chip, entry, id, instant, minor, money, sortedAmount, text, words } from '../reports/columns';
import type { Report } from '../reports/report';
import type { AsOf, Settlement, SettlementLine } from '../shapes';

export const settlements: Report<Settlement> = {
    title: () => 'Provider settlements',
    note: 'What a payment provider paid, by its own report. The same report twice has effect once.',
    filters: [{ name: 'provider', label: 'Provider', width: 12 }],
    call: ({ query }) => callOf(['provider-settlements'], query),
    list: 'settlements',
    columns: () => [
        id('Settlement', (row) => row.settlementId, 'settlements'),
        text('Provider', (row) => row.provider),
        text('Its name of it', (row) => row.reference),
        instant('Handed in', (row) => row.settledAt),
        text('By', (row) => row.settledBy),
        amount('Lines', (row) => row.lines),
        money('To the bank', (row) => row.bank),
        money('No longer owed', (row) => row.receivable),
        money('More commission', (row) => row.commission),
        money('Unexplained', (row) => row.suspense),
        entry('Entry', (row) => row.position),
    ],
    empty: 'No settlement was handed in yet.',
    tools: ({ desk, failed }) =>
        uploadForm({
            label: 'A provider’s report',
            accept: '.csv,text/csv',
            hint: 'CSV: our own columns, or Stripe’s itemised payout reconciliation',
            fields: html`<label><span>Provider</span><input name="provider" required size="12" autocomplete="off" spellcheck="false" placeholder="sandbox" /></label>`,
            run: async (file, form) => {
                const path = callOf(['provider-settlements', String(form.get('provider')).trim()]);
                const { settlements } = await desk.api.upload<{ settlements: Settlement[] }>(path, file, 'text/csv');
                return settlements.length === 1 ? hrefOf(['settlements', settlements[0]!.settlementId]) : hrefOf(['settlements'], { at: String(settlements[0]?.position ?? '') });
            },
            failed,
        }),
};

/** Lines of a settlement, each with how it compares with what was booked. */
export const settlementLineColumns = [
    text('Line', (row: SettlementLine) => row.line),
    text('Kind', (row: SettlementLine) => row.kind),
    text('Reference', (row: SettlementLine) => row.reference),
    chip('Finding', (row: SettlementLine) => row.finding),
    id('Purchase', (row: SettlementLine) => row.purchaseId, 'purchases'),
    money('Gross', (row: SettlementLine) => row.gross),
    money('Fee', (row: SettlementLine) => row.fee),
    money('Net', (row: SettlementLine) => row.net),
    money('Unexplained', (row: SettlementLine) => row.suspense),
];

interface Movement {
    state: string;
    provider: string;
    kind: string;
    reference: string;
    purchaseId?: string;
    currency: string;
    grossMinor: number;
    feeMinor: number;
    recordedAt: string;
    settlementId?: string;
    finding?: string;
    ageDays?: number;
}

const CURRENCY = { name: 'currency', label: 'Currency', width: 6 };

export const providerMovements: Report<Movement> = {
    title: () => 'Money at providers',
    note: 'Every movement at a payment provider as it was booked: owed until a settlement names it. Odd are lines of settlements that are not as booked.',
    filters: [
        { name: 'provider', label: 'Provider', width: 12 },
        { name: 'state', label: 'State', kind: 'choice', choices: [['', 'all'], ['owed', 'owed'], ['settled', 'settled'], ['odd', 'odd']] },
        CURRENCY,
    ],
    call: ({ query }) => callOf(['reconciliation', 'providers'], query),
    list: 'movements',
    columns: () => [
        text('Reference', (row) => row.reference),
        text('Provider', (row) => row.provider),
        text('Kind', (row) => row.kind),
        chip('State', (row) => row.finding ?? row.state),
        instant('Booked', (row) => row.recordedAt),
        amount('Age in days', (row) => row.ageDays),
        minor('Gross', (row) => row.grossMinor, (row) => row.currency),
        minor('Fee', (row) => row.feeMinor, (row) => row.currency),
        id('Purchase', (row) => row.purchaseId, 'purchases'),
        id('Settlement', (row) => row.settlementId, 'settlements'),
    ],
    empty: 'Nothing is at providers in this state.',
};

interface ProviderSummary {
    provider: string;
    currency: string;
    owed: { movements: number; netMinor: number; oldestDays: number };
    settled: { settlements: number; bankMinor: number };
    odd: { lines: number; suspenseMinor: number };
}

const inMovements = (row: ProviderSummary, state: string) => hrefOf(['movements'], { provider: row.provider, currency: row.currency, state });

export const providerSummary: Report<ProviderSummary> = {
    title: () => 'Providers at a glance',
    note: 'What each payment provider owes us, has paid, and said that does not fit what was booked.',
    call: () => callOf(['reconciliation', 'providers', 'summary']),
    list: 'providers',
    columns: () => [
        text('Provider', (row) => row.provider),
        { label: 'Owed', kind: 'amount', cell: (row) => html`<a href=${inMovements(row, 'owed')}>${row.owed.movements}</a>` },
        minor('Net', (row) => row.owed.netMinor, (row) => row.currency),
        amount('Oldest, days', (row) => row.owed.oldestDays),
        { label: 'Settlements', kind: 'amount', cell: (row) => html`<a href=${hrefOf(['settlements'], { provider: row.provider })}>${row.settled.settlements}</a>` },
        minor('Paid to us', (row) => row.settled.bankMinor, (row) => row.currency),
        { label: 'Odd lines', kind: 'amount', cell: (row) => html`<a href=${inMovements(row, 'odd')}>${row.odd.lines}</a>` },
        minor('Unexplained', (row) => row.odd.suspenseMinor, (row) => row.currency),
    ],
    empty: 'No provider has had any money yet.',
};

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

interface ClearingRow {
    code: string;
    asset: string;
    balance: string;
    oldest?: string;
    ages: Record<string, string>;
    items: number;
}

const AGES: readonly (readonly [age: string, label: string])[] = [
    ['0-7', 'Up to 7 days'],
    ['8-30', '8 to 30'],
    ['31-90', '31 to 90'],
    ['over-90', 'Over 90'],
];

export const clearing: Report<ClearingRow, { asOf?: AsOf }> = {
    title: () => 'Clearing accounts',
    note: 'Accounts that go to zero: what is still on them, and for how long.',
    filters: [{ name: 'asOf', label: 'As of', width: 22, hint: 'Empty: now' }],
    moments: ['asOf'],
    call: ({ query }) => callOf(['ledger', 'clearing'], query),
    list: 'accounts',
    columns: ({ route }) => [
        { label: 'Account', cell: (row) => html`<a class="code" href=${hrefOf(['clearing', row.code], { asset: row.asset, asOf: route.query['asOf'] })}>${row.code}</a>` },
        text('Asset', (row) => row.asset),
        sortedAmount('Balance', (row) => row.balance),
        ...AGES.map(([age, label]) => sortedAmount(label, (row: ClearingRow) => row.ages[age])),
        amount('Items', (row) => row.items),
        instant('Oldest', (row) => row.oldest),
    ],
    empty: 'Nothing is on any clearing account.',
    asOf: (answer, { query }) => answer.asOf ? `As of ${momentAt(query['asOf'], answer.asOf.position)}` : '',
};

interface ClearingItem {
    /** Missing for a day of a receivable, which is settled in sums. */
    reference?: string;
    entryId?: number;
    recordedAt: string;
    amount: string;
    ageDays: number;
}

export const clearingItems: Report<ClearingItem> = {
    title: ({ path, query }) => `On ${path[1] ?? ''}${query['asset'] ? `, ${query['asset']}` : ''}`,
    filters: [
        { name: 'asset', label: 'Asset', width: 8 },
        { name: 'asOf', label: 'As of', width: 22, hint: 'Empty: now' },
    ],
    moments: ['asOf'],
    call: ({ path, query }) => callOf(['ledger', 'clearing', path[1] ?? ''], query),
    list: 'items',
    columns: ({ route }) => [
        instant('Since', (row) => row.recordedAt),
        id('Reference', (row) => row.reference),
        entry('Entry', (row) => row.entryId),
        amount('Age in days', (row) => row.ageDays),
        amount(`Amount${route.query['asset'] ? ` in ${route.query['asset']}` : ''}`, (row) => row.amount),
    ],
    empty: 'Nothing is on this account.',
    asOf: (_, { query }) => `As of ${momentText(query['asOf'])}`,
};

