import { html } from 'lit';
import { callOf, hrefOf } from '../desk/route';
import { amount, chip, id, instant, minor, text } from '../reports/columns';
import type { Report } from '../reports/report';
import { CURRENCY } from './filters';

interface Movement {
    state: string;
    provider: string;
    kind: string;
    reference: string;
    purchaseId?: string;
    currency: string;
    grossMinor: number;
    feeMinor: number;
    recordedAt: string;
    settlementId?: string;
    finding?: string;
    ageDays?: number;
}

export const providerMovements: Report<Movement> = {
    title: () => 'Money at providers',
    note: 'Every movement at a payment provider as it was booked: owed until a settlement names it. Odd are lines of settlements that are not as booked.',
    filters: [
        { name: 'provider', label: 'Provider', width: 12 },
        { name: 'state', label: 'State', kind: 'choice', choices: [['', 'all'], ['owed', 'owed'], ['settled', 'settled'], ['odd', 'odd']] },
        CURRENCY,
    ],
    call: ({ query }) => callOf(['reconciliation', 'providers'], query),
    list: 'movements',
    columns: () => [
        text('Reference', (row) => row.reference),
        text('Provider', (row) => row.provider),
        text('Kind', (row) => row.kind),
        chip('State', (row) => row.finding ?? row.state),
        instant('Booked', (row) => row.recordedAt),
        amount('Age in days', (row) => row.ageDays),
        minor('Gross', (row) => row.grossMinor, (row) => row.currency),
        minor('Fee', (row) => row.feeMinor, (row) => row.currency),
        id('Purchase', (row) => row.purchaseId, 'purchases'),
        id('Settlement', (row) => row.settlementId, 'settlements'),
    ],
    empty: 'Nothing is at providers in this state.',
};

interface ProviderSummary {
    provider: string;
    currency: string;
    owed: { movements: number; netMinor: number; oldestDays: number };
    settled: { settlements: number; bankMinor: number };
    odd: { lines: number; suspenseMinor: number };
}

const inMovements = (row: ProviderSummary, state: string) => hrefOf(['movements'], { provider: row.provider, currency: row.currency, state });

export const providerSummary: Report<ProviderSummary> = {
    title: () => 'Providers at a glance',
    note: 'What each payment provider owes us, has paid, and said that does not fit what was booked.',
    call: () => callOf(['reconciliation', 'providers', 'summary']),
    list: 'providers',
    columns: () => [
        text('Provider', (row) => row.provider),
        { label: 'Owed', kind: 'amount', cell: (row) => html`<a href=${inMovements(row, 'owed')}>${row.owed.movements}</a>` },
        minor('Net', (row) => row.owed.netMinor, (row) => row.currency),
        amount('Oldest, days', (row) => row.owed.oldestDays),
        { label: 'Settlements', kind: 'amount', cell: (row) => html`<a href=${hrefOf(['settlements'], { provider: row.provider })}>${row.settled.settlements}</a>` },
        minor('Paid to us', (row) => row.settled.bankMinor, (row) => row.currency),
        { label: 'Odd lines', kind: 'amount', cell: (row) => html`<a href=${inMovements(row, 'odd')}>${row.odd.lines}</a>` },
        minor('Unexplained', (row) => row.odd.suspenseMinor, (row) => row.currency),
    ],
    empty: 'No provider has had any money yet.',
};
