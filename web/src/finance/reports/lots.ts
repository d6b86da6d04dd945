import { callOf } from '../desk/route';
import type { Lot } from '../shapes';
import { amount, id, instant, text } from './columns';
import { RANGE, RANGE_MOMENTS } from './range';
import type { Report } from './report';

export const lots: Report<Lot> = {
    title: () => 'Coin lots',
    note: 'A purchase makes a lot. Of its coins some are used, the rest is owed; its price becomes revenue as they are.',
    filters: [
        { name: 'viewer', label: 'Viewer', width: 14 },
        { name: 'currency', label: 'Currency', width: 6 },
        { name: 'state', label: 'State', kind: 'choice', choices: [['', 'all'], ['open', 'open'], ['spent', 'spent']] },
        ...RANGE,
    ],
    moments: RANGE_MOMENTS,
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
