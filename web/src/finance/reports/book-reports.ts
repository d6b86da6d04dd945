import { html } from 'lit';
import { amountText } from '../desk/amount';
import { momentAt, monthOf, monthsLater } from '../desk/moment';
import { callOf, hrefOf } from '../desk/route';
import type { AccountRow, AsOf, Entry, Lot } from '../shapes';
import { amount, chip, entry, eventType, id, instant, sortedAmount, text } from './columns';
import type { Report } from './report';

const FROM = { name: 'from', label: 'From', width: 20, hint: 'Within' };
const TO = { name: 'to', label: 'To', width: 20, hint: 'Instant: not within' };

export const journal: Report<Entry> = {
    title: () => 'Journal',
    note: 'Entries of the journal; all filters that are given must hold. A moment is an instant (UTC), a date or a position.',
    filters: [
        FROM,
        TO,
        { name: 'type', label: 'Event', width: 16, hint: 'Such as gift-sent' },
        { name: 'reference', label: 'Reference', width: 24 },
        { name: 'account', label: 'Account', width: 22 },
        { name: 'viewer', label: 'Viewer', width: 12 },
        { name: 'creator', label: 'Creator', width: 12 },
        { name: 'live', label: 'Live', width: 12 },
        { name: 'amount', label: 'Amount', width: 12 },
        { name: 'asset', label: 'Asset', width: 8 },
        { name: 'order', label: 'Order', kind: 'choice', choices: [['', 'latest first'], ['asc', 'oldest first']] },
    ],
    moments: ['from', 'to'],
    call: ({ query }) => callOf(['ledger', 'entries'], { ...query, order: query['order'] ?? 'desc' }),
    list: 'entries',
    columns: () => [
        entry('Entry', (row) => row.entryId),
        instant('Recorded', (row) => row.recordedAt),
        eventType((row) => row.type),
        id('Reference', (row) => row.reference),
        { label: 'Debited', cell: (row) => side(row, 'D') },
        { label: 'Credited', cell: (row) => side(row, 'C') },
    ],
    empty: 'No entry fits all of these filters.',
};

function side(row: Entry, of: 'D' | 'C') {
    return row.postings.filter((posting) => posting.side === of).map((posting) => html`<div class="code">${posting.account} ${amountText(posting.amount)} ${posting.asset}</div>`);
}

export const accounts: Report<AccountRow, { asOf: AsOf }> = {
    title: () => 'Accounts',
    filters: [
        { name: 'prefix', label: 'Code begins with', width: 24 },
        {
            name: 'type',
            label: 'Type',
            kind: 'choice',
            choices: [['', 'all'], ...['asset', 'liability', 'income', 'cost', 'coin', 'viewer', 'diamond', 'creator'].map((type) => [type, type] as const)],
        },
        { name: 'asOf', label: 'As of', width: 20, hint: 'Empty: now' },
    ],
    moments: ['asOf'],
    call: ({ query }) => callOf(['ledger', 'accounts'], query),
    list: 'accounts',
    columns: ({ route }) => [
        { label: 'Account', cell: (row) => html`<a class="code" href=${hrefOf(['accounts', row.code], { asOf: route.query['asOf'] })}>${row.code}</a>` },
        text('Type', (row) => row.type),
        text('Asset', (row) => row.asset),
        amount('Debits', (row) => row.debits),
        amount('Credits', (row) => row.credits),
        amount('Balance', (row) => row.balance),
    ],
    empty: 'No account fits.',
    asOf: (answer, { query }) => `As of ${momentAt(query['asOf'], answer.asOf.position)}`,
};

export const lots: Report<Lot> = {
    title: () => 'Coin lots',
    note: 'A purchase makes a lot. Of its coins some are used, the rest is owed; its price becomes revenue as they are.',
    filters: [
        { name: 'viewer', label: 'Viewer', width: 14 },
        { name: 'currency', label: 'Currency', width: 6 },
        { name: 'state', label: 'State', kind: 'choice', choices: [['', 'all'], ['open', 'open'], ['spent', 'spent']] },
        FROM,
        TO,
    ],
    moments: ['from', 'to'],
    call: ({ query }) => callOf(['ledger', 'lots'], query),
    list: 'lots',
    columns: () => [
        id('Lot', (row) => row.lotId, 'lots'),
        instant('Bought', (row) => row.recordedAt),
        id('Viewer', (row) => row.viewerId, 'viewers'),
        amount('Coins', (row) => row.coins),
        amount('Used', (row) => row.used),
        amount('Left', (row) => row.left),
        text('Currency', (row) => row.currency),
        amount('Price', (row) => row.price),
        amount('Recognised', (row) => row.recognised),
        amount('Commission', (row) => row.commission),
        amount('Of it recognised', (row) => row.commissionRecognised),
    ],
    empty: 'No lot fits.',
};

interface RollForward {
    month: string;
    currency: string;
    opening: string;
    sold: string;
    recognised: string;
    refunded: string;
    chargedBack: string;
    breakage: string;
    other: string;
    closing: string;
}

const MONTHS = [
    { name: 'from', label: 'From month', kind: 'month' as const },
    { name: 'to', label: 'To month', kind: 'month' as const },
];

/** The last twelve months, this one included. */
function lastYear(): Record<string, string> {
    const to = monthOf(new Date());
    return { from: monthsLater(to, -11), to };
}

const asOfPosition = (answer: { asOf?: AsOf }) => (answer.asOf?.position === undefined ? '' : `As of position ${answer.asOf.position}`);

export const deferredRevenue: Report<RollForward, { asOf?: AsOf }> = {
    title: () => 'Deferred revenue',
    note: 'What viewers paid for coins that are not spent yet, month by month: opening, what was added and taken, closing.',
    filters: MONTHS,
    defaults: lastYear,
    call: ({ query }) => callOf(['ledger', 'deferred-revenue'], query),
    list: 'months',
    columns: () => [
        { ...text('Month', (row) => row.month), order: (a, b) => (a.month < b.month ? -1 : 1) },
        text('Currency', (row) => row.currency),
        sortedAmount('Opening', (row) => row.opening),
        sortedAmount('Sold', (row) => row.sold),
        sortedAmount('Recognised', (row) => row.recognised),
        sortedAmount('Refunded', (row) => row.refunded),
        sortedAmount('Charged back', (row) => row.chargedBack),
        sortedAmount('Breakage', (row) => row.breakage),
        sortedAmount('Other', (row) => row.other),
        sortedAmount('Closing', (row) => row.closing),
    ],
    empty: 'Nothing was sold in these months.',
    asOf: asOfPosition,
};

interface VatRow {
    month: string;
    country: string;
    currency: string;
    charged: string;
    returned: string;
    net: string;
}

export const vat: Report<VatRow, { asOf?: AsOf }> = {
    title: () => 'VAT by country',
    filters: MONTHS,
    defaults: lastYear,
    call: ({ query }) => callOf(['ledger', 'vat'], query),
    list: 'countries',
    columns: () => [
        { ...text('Month', (row) => row.month), order: (a, b) => (a.month < b.month ? -1 : 1) },
        { ...text('Country', (row) => row.country), order: (a, b) => (a.country < b.country ? -1 : 1) },
        text('Currency', (row) => row.currency),
        sortedAmount('Charged', (row) => row.charged),
        sortedAmount('Returned', (row) => row.returned),
        sortedAmount('Net', (row) => row.net),
    ],
    empty: 'No VAT was charged in these months.',
    asOf: asOfPosition,
};

interface Access {
    at: string;
    person: string;
    method: string;
    path: string;
    query?: string;
    status: number;
}

export const accesses: Report<Access> = {
    title: () => 'Access log',
    note: 'Who of finance looked at what. This look is logged as well.',
    filters: [FROM, TO, { name: 'person', label: 'Person', width: 16 }],
    moments: ['from', 'to'],
    call: ({ query }) => callOf(['ledger', 'accesses'], query),
    list: 'accesses',
    columns: () => [
        instant('At', (row) => row.at),
        text('Person', (row) => row.person),
        text('Method', (row) => row.method),
        { label: 'What', kind: 'code', cell: (row) => `${row.path}${row.query ? `?${row.query}` : ''}` },
        chip('Status', (row) => String(row.status)),
    ],
    empty: 'Nobody looked at anything in this time.',
};
