import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { table } from '../desk/book-table';
import { facts } from '../desk/facts';
import { Pages } from '../desk/pages';
import { callOf } from '../desk/route';
import { BookView } from '../desk/view';
import { entry, eventType, instant } from '../reports/columns';
import type { Entry, Payout } from '../shapes';
import { payoutButtons } from './payout-acts';

/** One payout: where it stands, what may be done, and what it posted. */
@customElement('payout-view')
export class PayoutView extends BookView {
    @state() private payout: Payout | undefined;
    @state() private entries: Pages<Entry> | undefined;

    protected async load(): Promise<() => void> {
        const id = this.route.path[1] ?? '';
        const payout = await this.desk.api.readMine<Payout>(callOf(['payouts', id]));
        const entries = await Pages.read<Entry>(this.desk.api, callOf(['ledger', 'entries'], { reference: payout.payoutId }), 'entries');
        return () => {
            this.payout = payout;
            this.entries = entries;
        };
    }

    protected heading(): string {
        return `Payout ${this.route.path[1] ?? ''}`;
    }

    protected override asOf(): string {
        return this.payout?.status ?? '';
    }

    protected content(): TemplateResult | typeof nothing {
        if (this.payout === undefined || this.entries === undefined) return nothing;
        return html`<div class="no-print tools">${payoutButtons(this.payout, this.desk, (question) => this.act(question))}</div>
            ${facts(this.payout)}
            ${table<Entry>({
                caption: 'Its entries in the journal',
                columns: [entry('Entry', (row) => row.entryId), instant('Recorded', (row) => row.recordedAt), eventType((row) => row.type)],
                rows: this.entries.rows,
                empty: 'The ledger has not booked it yet.',
            })}`;
    }
}
