import { html } from 'lit';
import { callOf, hrefOf } from '../desk/route';
import { uploadForm } from '../desk/upload';
import { amount, chip, id, instant, money, text, words } from '../reports/columns';
import type { Report } from '../reports/report';
import type { BankLine, BankMessage, PayoutBatch } from '../shapes';
import { downloadButton } from '../reports/download-button';
import { moneyText } from '../desk/amount';
import { makeBatch } from './payout-acts';

export const batches: Report<PayoutBatch> = {
    title: () => 'Batches for the bank',
    note: 'Each batch is one file, pain.001, that the bank is given.',
    call: () => callOf(['payout-batches']),
    list: 'batches',
    columns: ({ desk }) => [
        id('Batch', (row) => row.batchId, 'batches'),
        chip('Status', (row) => row.status),
        instant('Made', (row) => row.createdAt),
        text('By', (row) => row.createdBy),
        amount('Payouts', (row) => row.payouts),
        { label: 'Amounts', kind: 'amount', cell: (row) => row.amounts.map((one) => html`<div>${moneyText(one)}</div>`) },
        text('Position', (row) => row.position),
        { label: 'File', kind: 'acts', cell: (row) => (row.status === 'sent' ? downloadButton(desk, 'pain.001', row.file, `payouts-${row.batchId}.pain.001.xml`) : 'Not yet') },
    ],
    empty: 'No batch was made yet.',
    tools: ({ desk, act }) => html`<p class="row"><button class="button" @click=${() => act(makeBatch(desk))}>Make a batch …</button></p>`,
};

export const bankMessages: Report<BankMessage> = {
    title: () => 'Bank messages',
    note: 'What the bank said: pain.002 of a file that it was given, camt.053 of what moved on our account. The same file twice has effect once.',
    call: () => callOf(['bank-messages']),
    list: 'messages',
    columns: () => [
        id('Message', (row) => row.bankMessageId, 'bank-messages'),
        text('Kind', (row) => row.kind),
        text('The bank’s name of it', (row) => row.reference),
        amount('Lines', (row) => row.lines),
        instant('Handed in', (row) => row.receivedAt),
        text('By', (row) => row.receivedBy),
        text('Position', (row) => row.position),
    ],
    empty: 'No message was handed in yet.',
    tools: ({ desk, failed }) =>
        uploadForm({
            label: 'A message of the bank',
            accept: '.xml,application/xml,text/xml',
            hint: 'XML: pain.002 or camt.053',
            run: async (file) => {
                const { message } = await desk.api.upload<{ message: BankMessage }>(callOf(['bank-messages']), file, 'application/xml');
                return hrefOf(['bank-messages', message.bankMessageId]);
            },
            failed,
        }),
};

/** Lines of the bank, of one message or of many. */
export const bankLineColumns = [
    text('Line', (row: BankLine) => row.reference),
    text('What', (row: BankLine) => row.kind),
    chip('State', (row: BankLine) => row.state),
    id('Payout', (row: BankLine) => row.payoutId, 'payouts'),
    money('Amount', (row: BankLine) => row.amount),
    text('Booked on', (row: BankLine) => row.bookedOn),
    text('Bank’s reason', (row: BankLine) => row.bankReason),
    words('Why', (row: BankLine) => row.why),
];
