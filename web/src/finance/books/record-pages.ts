import { html, type TemplateResult } from 'lit';
import { callOf, hrefOf } from '../desk/route';
import { bankLineColumns } from '../payouts/bank-reports';
import { settlementLineColumns } from '../reconciliation/settlements';
import { amount, entry, eventType, id, instant } from '../reports/columns';
import { downloadButton } from '../reports/download-button';
import type { Lot, PayoutBatch } from '../shapes';
import type { RecordPage } from './record-view';
import { RECORDS, type RecordPlace } from './records';

type LotUse = NonNullable<Lot['uses']>[number];

/** Pages of single records, by the first word of their place; payouts have a view of their own. */
export const RECORD_PAGES: Record<Exclude<RecordPlace, 'payouts'> | 'seals', RecordPage> = {
    purchases: { ...plain('purchases'), links: entriesLink },
    batches: {
        ...plain('batches'),
        tools: (view, batch: PayoutBatch) => html`<p>${downloadButton(view.desk, 'pain.001', batch.file, `payouts-${batch.batchId}.pain.001.xml`)}</p>`,
    },
    settlements: {
        ...plain('settlements'),
        links: entriesLink,
        rows: { caption: 'Lines of its report', call: (of) => callOf(['provider-settlements', of, 'lines']), list: 'lines', columns: settlementLineColumns, empty: 'Its report has no lines.' },
    },
    'bank-messages': {
        ...plain('bank-messages'),
        part: 'message',
        rows: { caption: 'Its lines', list: 'lines', columns: bankLineColumns, empty: 'It tells of nothing that has to do with our account, or all of it was told before.' },
    },
    adjustments: { ...plain('adjustments'), links: entriesLink },
    breakage: { ...plain('breakage'), links: entriesLink },
    lots: {
        ...plain('lots'),
        rows: {
            caption: 'What used it',
            call: (of) => callOf([...RECORDS.lots.call, of]),
            list: 'uses',
            columns: [
                entry('Entry', (row: LotUse) => row.entryId),
                instant('Recorded', (row: LotUse) => row.recordedAt),
                eventType((row: LotUse) => row.type),
                id('Reference', (row: LotUse) => row.reference),
                amount('Coins', (row: LotUse) => row.coins),
                amount('Revenue', (row: LotUse) => row.revenue),
                amount('Commission', (row: LotUse) => row.commission),
            ],
            empty: 'None of it is used.',
        },
    },
    seals: { name: 'Seal of', call: (month) => callOf(['ledger', 'seals', month]) },
};

function plain(place: RecordPlace): RecordPage {
    const { name, call } = RECORDS[place];
    return { name, call: (of) => callOf([...call, of]) };
}

function entriesLink(of: string): TemplateResult {
    return html`<a href=${hrefOf(['entries'], { reference: of })}>Its entries in the journal</a>`;
}
