import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { table, type Column } from '../desk/book-table';
import { facts } from '../desk/facts';
import { Pages } from '../desk/pages';
import { BookView } from '../desk/view';

/** A record with an id of its own, and the rows that belong to it. */
export interface RecordPage {
    name: string;
    call: (id: string) => string;
    /** Which part of the answer says what it is; all of it, if none. */
    part?: string;
    rows?: {
        caption: string;
        /** Where they are read; if nowhere, they stand in the answer itself. */
        call?: (id: string) => string;
        list: string;
        columns: readonly Column<any>[]; // each list has rows of its own shape
        empty: string;
    };
    tools?: (view: RecordView, record: any) => TemplateResult;
    /** Entries of the journal with its reference. */
    links?: (id: string, record: any) => TemplateResult;
}

/** Shows one record of the API, field by field. */
@customElement('record-view')
export class RecordView extends BookView {
    @property({ attribute: false }) page!: RecordPage;
    @state() private record: Record<string, unknown> | undefined;
    @state() private rows: Pages<unknown> | undefined;

    private get recordId(): string {
        return this.route.path[1] ?? '';
    }

    protected async load(): Promise<() => void> {
        const { api } = this.desk;
        const list = this.page.rows;
        const [record, rows] = await Promise.all([
            api.readMine<Record<string, unknown>>(this.page.call(this.recordId)),
            list?.call && Pages.read<unknown>(api, list.call(this.recordId), list.list),
        ]);
        return () => {
            this.record = record;
            this.rows = rows || undefined;
        };
    }

    protected heading(): string {
        return `${this.page.name} ${this.recordId}`;
    }

    protected content(): TemplateResult | typeof nothing {
        if (this.record === undefined) return nothing;
        const own = (this.page.part === undefined ? this.record : this.record[this.page.part]) as object;
        return html`${this.page.links ? html`<p class="row no-print">${this.page.links(this.recordId, own)}</p>` : nothing}
        ${this.page.tools ? html`<div class="no-print tools">${this.page.tools(this, own)}</div>` : nothing} ${facts(own)} ${this.list(this.record)}`;
    }

    private list(record: Record<string, unknown>): TemplateResult | typeof nothing {
        const list = this.page.rows;
        if (list === undefined) return nothing;
        const rows = this.rows?.rows ?? (record[list.list] as unknown[] | undefined) ?? [];
        return table<unknown>({
            caption: list.caption,
            columns: list.columns,
            rows,
            empty: list.empty,
            more: this.rows && this.more(this.rows, (pages) => (this.rows = pages)),
        });
    }
}
