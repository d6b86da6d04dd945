import { callOf } from '../desk/route';
import { chip, instant, text } from './columns';
import { RANGE, RANGE_MOMENTS } from './range';
import type { Report } from './report';

interface Access {
    at: string;
    person: string;
    method: string;
    path: string;
    query?: string | null;
    status: number;
}

export const accesses: Report<Access> = {
    title: () => 'Access log',
    note: 'Who of finance looked at what. This look is logged as well.',
    filters: [...RANGE, { name: 'person', label: 'Person', width: 16 }],
    moments: RANGE_MOMENTS,
    call: ({ query }) => callOf(['ledger', 'accesses'], { ...query, order: 'desc' }),
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
