import { html } from 'lit';
import { momentAt, momentText } from '../desk/moment';
import { callOf, hrefOf } from '../desk/route';
import { amount, entry, id, instant, sortedAmount, text } from '../reports/columns';
import type { Report } from '../reports/report';
import type { AsOf } from '../shapes';

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
