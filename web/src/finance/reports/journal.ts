import { html, type TemplateResult } from 'lit';
import { amountText } from '../desk/amount';
import { callOf } from '../desk/route';
import type { Entry } from '../shapes';
import { entry, eventType, id, instant } from './columns';
import { RANGE, RANGE_MOMENTS } from './range';
import type { Report } from './report';

export const journal: Report<Entry> = {
    title: () => 'Journal',
    note: 'Entries of the journal; all filters that are given must hold. A moment is an instant (UTC), a date or a position.',
    filters: [
        ...RANGE,
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
    moments: RANGE_MOMENTS,
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

function side(row: Entry, of: 'D' | 'C'): TemplateResult[] {
    return row.postings.filter((posting) => posting.side === of).map((posting) => html`<div class="code">${posting.account} ${amountText(posting.amount)} ${posting.asset}</div>`);
}
