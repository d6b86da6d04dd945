import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { amountText, sum } from '../desk/amount';
import { table } from '../desk/book-table';
import { facts } from '../desk/facts';
import { faultOf, type Fault } from '../desk/fault';
import { accountLink, bareTime, entryLink, idLink, time } from '../desk/links';
import { Pages } from '../desk/pages';
import { callOf, hrefOf } from '../desk/route';
import { BookView, faultMessage } from '../desk/view';
import { typeText } from '../desk/words';
import type { Entry, Posting } from '../shapes';
import { RECORDS, originOf } from './records';

/** One entry of the journal: all it says, and the event of the business that it comes from. */
@customElement('entry-view')
export class EntryView extends BookView {
    @state() private entry: Entry | undefined;
    @state() private origin: object | undefined;
    @state() private originFault: Fault | undefined;
    @state() private related: Pages<Entry> | undefined;

    protected async load(): Promise<() => void> {
        const { api } = this.desk;
        const entry = await api.readMine<Entry>(callOf(['ledger', 'entries', this.route.path[1] ?? '']));
        const place = originOf(entry.type);
        let fault: Fault | undefined;
        const [origin, related] = await Promise.all([
            place && api.readMine<object>(callOf([...RECORDS[place].call, entry.reference])).catch((error: unknown) => void (fault = faultOf(error))),
            Pages.read<Entry>(api, callOf(['ledger', 'entries'], { reference: entry.reference }), 'entries'),
        ]);
        return () => {
            this.entry = entry;
            this.origin = origin ?? undefined;
            this.originFault = fault;
            this.related = related;
        };
    }

    protected heading(): string {
        return `Entry ${this.route.path[1] ?? ''}`;
    }

    protected override asOf(): string {
        return this.entry ? typeText(this.entry.type) : '';
    }

    protected content(): TemplateResult | typeof nothing {
        const entry = this.entry;
        if (entry === undefined) return nothing;
        return html`<dl>
                <dt>Event</dt><dd>${entry.type}</dd>
                <dt>Position</dt><dd>${entry.position}</dd>
                <dt>Recorded</dt><dd>${time(entry.recordedAt)}</dd>
                <dt>Event ID</dt><dd class="code">${entry.eventId}</dd>
                <dt>Reference</dt><dd><a class="code" href=${this.referenceHref(entry)}>${entry.reference}</a></dd>
                <dt>Hash</dt><dd class="code">${entry.hash}</dd>
            </dl>
            ${postings(entry.postings)} ${lots(entry)} ${this.comesFrom(entry)} ${this.sameReference(entry)}`;
    }

    private referenceHref(entry: Entry): string {
        const place = originOf(entry.type);
        return place ? hrefOf([place, entry.reference]) : hrefOf(['entries'], { reference: entry.reference });
    }

    private comesFrom(entry: Entry): TemplateResult | typeof nothing {
        const place = originOf(entry.type);
        if (place === undefined) return nothing;
        return html`<h2>${RECORDS[place].name}</h2>${this.originFault ? faultMessage(this.originFault, this.desk) : nothing}${this.origin ? facts(this.origin) : nothing}`;
    }

    private sameReference(entry: Entry): TemplateResult | typeof nothing {
        if (this.related === undefined) return nothing;
        return table<Entry>({
            caption: 'All entries of this reference',
            columns: [
                { label: 'Entry', cell: (one) => (one.entryId === entry.entryId ? html`<b>${one.entryId}</b>, this one` : entryLink(one.entryId)) },
                { label: 'Recorded (UTC)', cell: (one) => bareTime(one.recordedAt) },
                { label: 'Event', cell: (one) => typeText(one.type) },
            ],
            rows: this.related.rows,
            more: this.more(this.related, (pages) => (this.related = pages)),
        });
    }
}

function postings(rows: readonly Posting[]): TemplateResult {
    const side = (side: 'D' | 'C') => (row: Posting) => (row.side === side ? amountText(row.amount) : '');
    const assets = [...new Set(rows.map((row) => row.asset))].sort();
    const total = (asset: string, side: 'D' | 'C') => amountText(sum(rows.filter((row) => row.asset === asset && row.side === side).map((row) => row.amount)));
    return table<Posting>({
        caption: 'Postings',
        columns: [
            { label: 'Account', cell: (row) => accountLink(row.account) },
            { label: 'Asset', cell: (row) => row.asset },
            { label: 'Debit', kind: 'amount', cell: side('D') },
            { label: 'Credit', kind: 'amount', cell: side('C') },
        ],
        rows,
        foot: html`${assets.map((asset) => html`<tr><th scope="row">Total</th><td>${asset}</td><td class="amount">${total(asset, 'D')}</td><td class="amount">${total(asset, 'C')}</td></tr>`)}`,
    });
}

function lots(entry: Entry): TemplateResult | typeof nothing {
    if (entry.lots.length === 0) return nothing;
    return table({
        caption: 'Coins taken from lots (below 0: given back)',
        columns: [
            { label: 'Lot', cell: (row) => idLink(row.lotId, 'lots') },
            { label: 'Coins', kind: 'amount', cell: (row) => amountText(String(row.coins)) },
            { label: 'Revenue', kind: 'amount', cell: (row) => amountText(row.revenue) },
            { label: 'Commission', kind: 'amount', cell: (row) => amountText(row.commission) },
        ],
        rows: entry.lots,
    });
}
