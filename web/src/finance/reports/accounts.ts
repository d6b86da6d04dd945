import { html } from 'lit';
import { momentAt } from '../desk/moment';
import { callOf, hrefOf } from '../desk/route';
import type { AccountRow, AsOf } from '../shapes';
import { amount, text } from './columns';
import type { Report } from './report';

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
