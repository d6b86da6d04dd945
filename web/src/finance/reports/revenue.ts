import { monthOf, monthsLater } from '../desk/moment';
import { callOf } from '../desk/route';
import type { AsOf } from '../shapes';
import { sortedAmount, sortedText, text } from './columns';
import type { Report } from './report';

interface RollForward {
    month: string;
    currency: string;
    opening: string;
    sold: string;
    recognised: string;
    refunded: string;
    chargedBack: string;
    other: string;
    closing: string;
    breakage: string;
    net: string;
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
    note: 'What viewers paid for coins that are not spent yet, month by month: opening, what was added and taken, closing; then what was recognised for coins expected never to be spent, and what is left after all of that.',
    filters: MONTHS,
    defaults: lastYear,
    call: ({ query }) => callOf(['ledger', 'deferred-revenue'], query),
    list: 'months',
    columns: () => [
        sortedText('Month', (row) => row.month),
        text('Currency', (row) => row.currency),
        sortedAmount('Opening', (row) => row.opening),
        sortedAmount('Sold', (row) => row.sold),
        sortedAmount('Recognised', (row) => row.recognised),
        sortedAmount('Refunded', (row) => row.refunded),
        sortedAmount('Charged back', (row) => row.chargedBack),
        sortedAmount('Other', (row) => row.other),
        sortedAmount('Closing', (row) => row.closing),
        sortedAmount('Breakage', (row) => row.breakage),
        sortedAmount('Net', (row) => row.net),
    ],
    empty: 'Nothing was sold in these months.',
    asOf: asOfPosition,
};

interface VatRow {
    month: string;
    /** Null where the provider told none. */
    country: string | null;
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
        sortedText('Month', (row) => row.month),
        sortedText('Country', (row) => row.country ?? 'not told'),
        text('Currency', (row) => row.currency),
        sortedAmount('Charged', (row) => row.charged),
        sortedAmount('Returned', (row) => row.returned),
        sortedAmount('Net', (row) => row.net),
    ],
    empty: 'No VAT was charged in these months.',
    asOf: asOfPosition,
};
