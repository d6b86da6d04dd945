import { html } from 'lit';
import type { Money } from '../../api/types';
import { callOf, hrefOf } from '../desk/route';
import { momentAt, momentText } from '../desk/moment';
import { uploadForm } from '../desk/upload';
import { bankLineColumns } from '../payouts/bank-reports';
import { amount, chip, entry, id, instant, minor, money, sortedAmount, text } from '../reports/columns';
import type { Report } from '../reports/report';
import type { AsOf, BankLine, Payout, Settlement, SettlementLine } from '../shapes';

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

interface ProviderSummary {
    provider: string;
    currency: string;
    [figure: string]: unknown;
}

interface Movement {
    provider: string;
    kind: string;
    reference: string;
    purchaseId?: string;
    currency: string;
    grossMinor?: number;
    feeMinor?: number;
    recordedAt: string;
    settlementId?: string;
    finding?: string;
    ageDays?: number;
}

export const providerMovements: Report<Movement> = {
    title: () => 'Money at providers',
    note: 'Every movement at a payment provider as it was booked: open until a settlement names it.',
    filters: [
        { name: 'provider', label: 'Provider', width: 12 },
        { name: 'state', label: 'State', kind: 'choice', choices: [['open', 'open'], ['settled', 'settled'], ['odd', 'odd'], ['', 'all']] },
        { name: 'currency', label: 'Currency', width: 6 },
    ],
    call: ({ query }) => callOf(['reconciliation', 'providers'], query),
    list: 'movements',
    columns: () => [
        text('Reference', (row) => row.reference),
        text('Provider', (row) => row.provider),
        text('Kind', (row) => row.kind),
        instant('Booked', (row) => row.recordedAt),
        amount('Age in days', (row) => row.ageDays),
        text('Currency', (row) => row.currency),
        minor('Gross', (row) => row.grossMinor, (row) => row.currency),
        minor('Fee', (row) => row.feeMinor, (row) => row.currency),
        chip('Finding', (row) => row.finding),
        id('Purchase', (row) => row.purchaseId, 'purchases'),
        id('Settlement', (row) => row.settlementId, 'settlements'),
    ],
    empty: 'Nothing is at providers in this state.',
};

export const providerSummary: Report<ProviderSummary> = {
    title: () => 'Providers at a glance',
    call: () => callOf(['reconciliation', 'providers', 'summary']),
    list: 'summary',
    columns: () => [
        text('Provider', (row) => row.provider),
        text('Currency', (row) => row.currency),
        ...['owed', 'settled', 'odd'].map((name) => ({ label: name.charAt(0).toUpperCase() + name.slice(1), kind: 'amount' as const, cell: (row: ProviderSummary) => figure(row[name]) })),
    ],
    empty: 'No provider has had any money yet.',
};

/** A figure of a summary: money, or a count beside it. */
function figure(value: unknown): string {
    if (typeof value !== 'object' || value === null) return value === undefined || value === null ? '' : String(value);
    if ('amountMinor' in value) return String(money('', (of: Money) => of).cell(value as Money));
    return Object.entries(value).map(([name, one]) => `${name} ${figure(one)}`).join(', ');
}

export const payoutsAtBank: Report<Payout> = {
    title: () => 'Payouts at the bank',
    filters: [
        {
            name: 'state',
            label: 'State',
            kind: 'choice',
            choices: [['in-transit', 'in transit'], ['settled', 'settled'], ['failed', 'failed'], ['returned', 'returned']],
        },
    ],
    call: ({ query }) => callOf(['reconciliation', 'payouts'], query),
    list: 'payouts',
    defaults: () => ({ state: 'in-transit' }),
    columns: () => [
        id('Payout', (row) => row.payoutId, 'payouts'),
        id('Creator', (row) => row.creatorId, 'creators'),
        chip('Status', (row) => row.status),
        id('Batch', (row) => row.batchId, 'batches'),
        instant('Sent', (row) => row.sentAt),
        money('To the bank', (row) => row.net ?? row.amount),
        text('Bank’s reason', (row) => row.bankReason),
    ],
    empty: 'No payout is in this state.',
};

export const bankLines: Report<BankLine> = {
    title: () => 'Bank lines',
    note: 'Lines of the bank’s messages: those that fit no payout, that contradict one, that wait for what they follow on.',
    filters: [
        {
            name: 'state',
            label: 'State',
            kind: 'choice',
            choices: [['unmatched', 'unmatched'], ['contradicted', 'contradicted'], ['waiting', 'waiting'], ['matched', 'matched']],
        },
    ],
    call: ({ query }) => callOf(['reconciliation', 'bank-lines'], query),
    list: 'lines',
    defaults: () => ({ state: 'unmatched' }),
    columns: () => [...bankLineColumns, id('Message', (row: BankLine) => row.bankMessageId, 'bank-messages')],
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
    reference: string;
    entryId: number;
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
        id('Reference', (row) => row.reference),
        entry('Entry', (row) => row.entryId),
        instant('Since', (row) => row.recordedAt),
        amount('Age in days', (row) => row.ageDays),
        amount(`Amount${route.query['asset'] ? ` in ${route.query['asset']}` : ''}`, (row) => row.amount),
    ],
    empty: 'Nothing is on this account.',
    asOf: (_, { query }) => `As of ${momentText(query['asOf'])}`,
};

