import { callOf } from '../desk/route';
import { chip, instant, text } from './columns';
import { RANGE, RANGE_MOMENTS } from './range';
import type { Report } from './report';

interface Access {
    at: string;
    person: string;
    roles: readonly string[];
    method: string;
    path: string;
    query?: string | null;
    status: number;
}

export const accesses = accessLog(
    'Access log',
    'Who of finance looked at what in the books. This look is logged as well.',
    ['ledger', 'accesses'],
);

export const staffAccesses = accessLog(
    'Requests of staff',
    'What finance and administrators asked of the service, outside of the books. This look is logged as well.',
    ['staff-accesses'],
);

/** Both logs of accesses have the same filters and rows. */
function accessLog(title: string, note: string, path: readonly string[]): Report<Access> {
    return {
        title: () => title,
        note,
        filters: [...RANGE, { name: 'person', label: 'Person', width: 16 }],
        moments: RANGE_MOMENTS,
        call: ({ query }) => callOf(path, { ...query, order: 'desc' }),
        list: 'accesses',
        columns: () => [
            instant('At', (row) => row.at),
            text('Person', (row) => row.person),
            text('Roles', (row) => row.roles.join(' ')),
            text('Method', (row) => row.method),
            { label: 'What', kind: 'code', cell: (row) => `${row.path}${row.query ? `?${row.query}` : ''}` },
            chip('Status', (row) => String(row.status)),
        ],
        empty: 'Nobody asked for anything in this time.',
    };
}
