import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { table } from '../desk/book-table';
import { faultOf, type Fault } from '../desk/fault';
import { bareTime } from '../desk/links';
import { monthOf, monthsLater } from '../desk/moment';
import { Pages } from '../desk/pages';
import { callOf, hrefOf } from '../desk/route';
import { BookView, faultMessage } from '../desk/view';
import { chip, text } from '../reports/columns';
import type { ClosedPeriod, Entry, Seal } from '../shapes';
import { monthsOf, type Month } from './months';

/** Months of the books: which are closed and sealed, and the one to close next. */
@customElement('periods-view')
export class PeriodsView extends BookView {
    @state() private closed: Pages<ClosedPeriod> | undefined;
    @state() private first: string | undefined;
    @state() private seals: ReadonlyMap<string, Seal> = new Map();
    @state() private sealsFault: Fault | undefined;

    protected async load(): Promise<() => void> {
        const { api } = this.desk;
        let fault: Fault | undefined;
        const [closed, oldest, seals] = await Promise.all([
            Pages.read<ClosedPeriod>(api, callOf(['ledger', 'periods']), 'periods'),
            Pages.read<Entry>(api, callOf(['ledger', 'entries'], { limit: '1' }), 'entries'),
            Pages.read<Seal>(api, callOf(['ledger', 'seals'], { limit: '1000' }), 'seals').catch((error: unknown) => void (fault = faultOf(error))),
        ]);
        return () => {
            this.closed = closed;
            this.first = oldest.rows[0]?.recordedAt.slice(0, 7);
            this.seals = new Map(seals?.rows.map((seal) => [seal.period, seal]));
            this.sealsFault = fault;
        };
    }

    protected heading(): string {
        return 'Periods';
    }

    protected content(): TemplateResult | typeof nothing {
        if (this.closed === undefined) return nothing;
        return html`<p class="note">A month in UTC. Once it is closed nothing more is booked in it: a correction goes to the open month.</p>
            ${this.sealsFault ? faultMessage(this.sealsFault, this.desk) : nothing} ${this.list(this.closed)}`;
    }

    private list(closed: Pages<ClosedPeriod>): TemplateResult {
        return table<Month>({
            caption: 'Months',
            columns: [
                { label: 'Month', cell: (row) => html`<a href=${hrefOf(['trial-balance'], { asOf: monthsLater(row.period, 1) + '-01', compare: `${row.period}-01` })} title="Trial balance at its end">${row.period}</a>` },
                chip('State', (row) => (row.closed && this.seals.has(row.period) ? 'closed and sealed' : row.state)),
                { label: 'What to do', kind: 'acts', cell: (row) => (row.state === 'to close' ? this.closeButton(row.period) : '') },
                text('Closed by', (row) => row.closed?.closedBy),
                { label: 'Closed (UTC)', cell: (row) => (row.closed ? bareTime(row.closed.closedAt) : '') },
                { label: 'Through position', cell: (row) => (row.closed && row.closed.throughPosition > 0 ? html`<a href=${hrefOf(['trial-balance'], { asOf: `position:${row.closed.throughPosition}` })}>${row.closed.throughPosition}</a>` : '') },
                { label: 'Log’s hash there', kind: 'code', cell: (row) => row.closed?.logHash ?? '' },
                { label: 'Chain’s hash there', kind: 'code', cell: (row) => (this.seals.has(row.period) ? html`<a href=${hrefOf(['seals', row.period])}>${this.seals.get(row.period)?.chain}</a>` : '') },
            ],
            rows: monthsOf(closed.rows, this.first, monthOf(new Date())),
            more: this.more(closed, (pages) => (this.closed = pages)),
        });
    }

    private closeButton(period: string): TemplateResult {
        const close = () =>
            this.act({
                title: `Close ${period}?`,
                note: 'This is final: nothing more is booked in the month, and its books are sealed.',
                confirm: `Close ${period}`,
                run: async () => {
                    await this.desk.api.write(callOf(['ledger', 'periods', period, 'close']));
                    return `${period} is closed.`;
                },
            });
        return html`<button class="button small" data-testid="close-period" @click=${close}>Close …</button>`;
    }
}
