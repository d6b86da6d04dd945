import { html } from 'lit';
import { callOf, hrefOf } from '../desk/route';
import { amount, entry, instant } from '../reports/columns';
import type { Report } from '../reports/report';
import type { Seal } from '../shapes';

export const seals: Report<Seal> = {
    title: () => 'Seals of closed months',
    note: 'With a seal and an export alone it can be proven that a closed month is unchanged.',
    call: () => callOf(['ledger', 'seals']),
    list: 'seals',
    columns: () => [
        { label: 'Month', cell: (row) => html`<a href=${hrefOf(['seals', row.period])}>${row.period}</a>` },
        instant('Sealed', (row) => row.sealedAt),
        entry('Through position', (row) => row.throughPosition),
        amount('Entries', (row) => row.entries),
        { label: 'Chain', kind: 'code', cell: (row) => row.chain },
    ],
    empty: 'No month is sealed yet.',
};
