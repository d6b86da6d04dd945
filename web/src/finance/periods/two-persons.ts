import { html, type TemplateResult } from 'lit';
import { newKey } from '../../api/session';
import type { Question } from '../desk/ask-dialog';
import type { Field } from '../desk/field';
import { monthOf, monthsLater } from '../desk/moment';
import { callOf } from '../desk/route';
import type { Column } from '../desk/book-table';
import { REASON } from '../payouts/payout-acts';
import { account, amount, chip, entry, id, instant, text, words } from '../reports/columns';
import type { Report, ReportPlace } from '../reports/report';
import type { Adjustment, Breakage } from '../shapes';

/** Corrections of the books that one person asks for and another decides. */

const AMOUNT: Field = { name: 'amount', label: 'Amount', required: true, hint: 'Such as 0.03, at most 6 places' };
const CURRENCY: Field = { name: 'currency', label: 'Currency', value: 'USD', required: true, width: 6 };

export const adjustments: Report<Adjustment> = {
    title: () => 'Adjustments',
    note: 'Corrections of money accounts by hand. Coins change by grants, refunds and reversals alone. One person asks, another approves.',
    filters: [{ name: 'status', label: 'Status', kind: 'choice', choices: [['', 'all'], ['requested', 'requested'], ['approved', 'approved'], ['rejected', 'rejected']] }],
    call: ({ query }) => callOf(['ledger', 'adjustments'], query),
    list: 'adjustments',
    columns: (place) => [
        id('Adjustment', (row) => row.adjustmentId, 'adjustments'),
        chip('Status', (row) => row.status),
        decide(place, 'adjustments', (row) => row.adjustmentId),
        account('Debit', (row) => row.debit),
        account('Credit', (row) => row.credit),
        amount('Amount', (row) => row.amount),
        text('Currency', (row) => row.currency),
        words('Reason', (row) => row.reason),
        instant('Asked', (row) => row.requestedAt),
        text('By', (row) => row.requestedBy),
        text('Decided by', (row) => row.decidedBy),
    ],
    empty: 'Nothing was asked for.',
    tools: ({ desk, act }) => askButton('Ask for an adjustment …', () => act(request(desk, 'adjustments', 'Ask for an adjustment', [
        { name: 'debit', label: 'Debit', value: '5090:adjustments', required: true, width: 26 },
        { name: 'credit', label: 'Credit', required: true, width: 26, hint: 'Another money account, such as 2300:suspense' },
        AMOUNT,
        CURRENCY,
        REASON,
    ]))),
};

export const breakage: Report<Breakage> = {
    title: () => 'Breakage',
    note: 'What was paid for coins that will probably never be spent becomes revenue, month by month. One person asks, another approves.',
    call: () => callOf(['ledger', 'breakage']),
    list: 'breakage',
    columns: (place) => [
        id('Estimate', (row) => row.breakageId, 'breakage'),
        chip('Status', (row) => row.status),
        decide(place, 'breakage', (row) => row.breakageId),
        text('Month', (row) => row.period),
        amount('Amount', (row) => row.amount),
        text('Currency', (row) => row.currency),
        words('Reason', (row) => row.reason),
        instant('Asked', (row) => row.requestedAt),
        text('By', (row) => row.requestedBy),
        text('Decided by', (row) => row.decidedBy),
        entry('Entry', (row) => row.position),
    ],
    empty: 'Nothing was asked for.',
    tools: ({ desk, act }) => askButton('Ask for breakage …', () => act(request(desk, 'breakage', 'Ask for breakage', [
        { name: 'period', label: 'Month', kind: 'month', required: true, value: monthsLater(monthOf(new Date()), -1) },
        { ...AMOUNT, hint: 'Below 0: revenue that is taken back' },
        CURRENCY,
        REASON,
    ]))),
};

function askButton(label: string, ask: () => void): TemplateResult {
    return html`<p class="row"><button class="button" data-testid="ask" @click=${ask}>${label}</button></p>`;
}

function request(desk: ReportPlace['desk'], what: string, title: string, fields: readonly Field[]): Question {
    const key = newKey();
    return {
        title,
        fields,
        confirm: 'Ask',
        run: async (values) => {
            await desk.api.writeOnce(callOf(['ledger', what]), values, key);
            return 'It is asked for, and waits for another person.';
        },
    };
}

type Decided = Adjustment | Breakage;

/** Approve and reject, for another person than who asked. */
function decide<Row extends Decided>({ desk, act }: ReportPlace, what: 'adjustments' | 'breakage', idOf: (row: Row) => string): Column<Row> {
    const ask = (row: Row, decision: 'approve' | 'reject') => act(decisionQuestion(desk, what, idOf(row), row, decision));
    return {
        label: 'What to do',
        kind: 'acts',
        cell: (row) => {
            if (row.status !== 'requested') return '';
            if (row.requestedBy === desk.me) return html`<small>Yours: another person decides</small>`;
            return html`<span class="row">
                <button class="button small" data-testid="approve" aria-label="Approve: ${idOf(row)}" @click=${() => ask(row, 'approve')}>Approve …</button>
                <button class="button small" data-testid="reject" aria-label="Reject: ${idOf(row)}" @click=${() => ask(row, 'reject')}>Reject …</button>
            </span>`;
        },
    };
}

function decisionQuestion(desk: ReportPlace['desk'], what: 'adjustments' | 'breakage', rowId: string, row: Decided, decision: 'approve' | 'reject'): Question {
    const approves = decision === 'approve';
    return {
        title: approves ? 'Approve?' : 'Reject?',
        note: `${row.amount} ${row.currency}${row.reason ? `: “${row.reason}”` : ''}, asked for by ${row.requestedBy}.`,
        ...(what === 'adjustments' && !approves ? { fields: [REASON] } : {}),
        confirm: approves ? 'Approve' : 'Reject',
        run: async ({ reason }) => {
            await desk.api.write(callOf(['ledger', what, rowId, decision]), reason === undefined ? undefined : { reason });
            return approves ? 'It is approved.' : 'It is rejected.';
        },
    };
}
