import { html } from 'lit';
import { callOf, hrefOf } from '../desk/route';
import { uploadForm } from '../desk/upload';
import { amount, chip, entry, id, instant, money, text } from '../reports/columns';
import type { Report } from '../reports/report';
import type { Settlement, SettlementLine } from '../shapes';

export const settlements: Report<Settlement> = {
    title: () => 'Provider settlements',
    note: 'What a payment provider paid, by its own report. The same report twice has effect once.',
    filters: [{ name: 'provider', label: 'Provider', width: 12 }],
    call: ({ query }) => callOf(['provider-settlements'], query),
    list: 'settlements',
    columns: () => [
        id('Settlement', (row) => row.settlementId, 'settlements'),
        text('Provider', (row) => row.provider),
        text('Its name of it', (row) => row.reference),
        instant('Handed in', (row) => row.settledAt),
        text('By', (row) => row.settledBy),
        amount('Lines', (row) => row.lines),
        money('To the bank', (row) => row.bank),
        money('No longer owed', (row) => row.receivable),
        money('More commission', (row) => row.commission),
        money('Unexplained', (row) => row.suspense),
        entry('Entry', (row) => row.position),
    ],
    empty: 'No settlement was handed in yet.',
    tools: ({ desk, failed }) =>
        uploadForm({
            label: 'A provider’s report',
            accept: '.csv,text/csv',
            hint: 'CSV: our own columns, or Stripe’s itemised payout reconciliation',
            fields: html`<label><span>Provider</span><input name="provider" required size="12" autocomplete="off" spellcheck="false" placeholder="sandbox" /></label>`,
            run: async (file, form) => {
                const path = callOf(['provider-settlements', String(form.get('provider')).trim()]);
                const { settlements } = await desk.api.upload<{ settlements: Settlement[] }>(path, file, 'text/csv');
                return settlements.length === 1 ? hrefOf(['settlements', settlements[0]!.settlementId]) : hrefOf(['settlements'], { at: String(settlements[0]?.position ?? '') });
            },
            failed,
        }),
};

/** Lines of a settlement, each with how it compares with what was booked. */
export const settlementLineColumns = [
    text('Line', (row: SettlementLine) => row.line),
    text('Kind', (row: SettlementLine) => row.kind),
    text('Reference', (row: SettlementLine) => row.reference),
    chip('Finding', (row: SettlementLine) => row.finding),
    id('Purchase', (row: SettlementLine) => row.purchaseId, 'purchases'),
    money('Gross', (row: SettlementLine) => row.gross),
    money('Fee', (row: SettlementLine) => row.fee),
    money('Net', (row: SettlementLine) => row.net),
    money('Unexplained', (row: SettlementLine) => row.suspense),
];
