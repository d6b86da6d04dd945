import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { shared } from '../../look/shared';
import { bookLook } from '../look';
import { tableLook } from './book-table-look';

export interface Column<Row> {
    label: string;
    cell: (row: Row) => unknown;
    kind?: 'amount' | 'code' | 'words' | 'acts';
    /** Where the column can be sorted by: only in tables that are whole, never in a page of something longer. */
    order?: (a: Row, b: Row) => number;
}

export interface Table<Row> {
    caption: string;
    columns: readonly Column<Row>[];
    rows: readonly Row[];
    /** Rows of the same word stand together under it; they come in that order. */
    group?: (row: Row) => string;
    /** Rows below all others. */
    foot?: TemplateResult;
    empty?: string;
    /** There is more than is shown. */
    more?: (() => Promise<void>) | undefined;
}

export function table<Row>(of: Table<Row>): TemplateResult {
    return html`<book-table .of=${of}></book-table>`;
}

/** A table of the books, in a region of its own that scrolls. The first column names the row. */
@customElement('book-table')
export class BookTable extends LitElement {
    static override styles = [shared, bookLook, tableLook];

    @property({ attribute: false }) of: Table<any> | undefined; // each table has rows of its own shape
    @state() private sortedBy: string | undefined;
    @state() private descending = false;
    @state() private loading = false;

    protected override render(): TemplateResult | typeof nothing {
        const of = this.of;
        if (of === undefined) return nothing;
        return html`<div class="scroll" role="region" tabindex="0" aria-label=${of.caption}>
                <table>
                    <caption>${of.caption}${of.rows.length > 5 ? html` <span class="count">${of.rows.length}${of.more ? ' so far' : ''}</span>` : nothing}</caption>
                    <thead><tr>${of.columns.map((column) => this.heading(column))}</tr></thead>
                    ${of.rows.length === 0 ? html`<tbody><tr><td colspan=${of.columns.length} class="empty">${of.empty ?? 'Nothing here.'}</td></tr></tbody>` : this.groups(of)}
                    ${of.foot ? html`<tfoot>${of.foot}</tfoot>` : nothing}
                </table>
            </div>
            ${of.more ? html`<p class="no-print more"><button class="button" ?disabled=${this.loading} @click=${this.loadMore}>${this.loading ? 'Loading …' : 'Show more'}</button></p>` : nothing}`;
    }

    private heading(column: Column<unknown>): TemplateResult {
        if (column.order === undefined) return html`<th scope="col" class=${column.kind ?? ''}>${column.label}</th>`;
        const sorted = this.sortedBy === column.label ? (this.descending ? 'descending' : 'ascending') : 'none';
        return html`<th scope="col" class=${column.kind ?? ''} aria-sort=${sorted}>
            <button class="sort" @click=${() => this.sortBy(column.label)}>${column.label}<span aria-hidden="true">${sorted === 'none' ? '' : this.descending ? ' ▾' : ' ▴'}</span></button>
        </th>`;
    }

    private groups(of: Table<unknown>): TemplateResult[] {
        const groups = new Map<string, unknown[]>();
        for (const row of of.rows) {
            const name = of.group?.(row) ?? '';
            const own = groups.get(name);
            if (own === undefined) groups.set(name, [row]);
            else own.push(row);
        }
        return [...groups].map(
            ([name, rows]) => html`<tbody>
                ${name === '' ? nothing : html`<tr class="group"><th scope="rowgroup" colspan=${of.columns.length}>${name}</th></tr>`}
                ${this.sorted(of, rows).map((row) => html`<tr>${of.columns.map((column, index) => cell(column, row, index === 0))}</tr>`)}
            </tbody>`,
        );
    }

    private sorted(of: Table<unknown>, rows: unknown[]): unknown[] {
        const order = of.columns.find((column) => column.label === this.sortedBy)?.order;
        if (order === undefined) return rows;
        return [...rows].sort((a, b) => (this.descending ? order(b, a) : order(a, b)));
    }

    private sortBy(label: string): void {
        this.descending = this.sortedBy === label && !this.descending;
        this.sortedBy = label;
    }

    private async loadMore(): Promise<void> {
        this.loading = true;
        try {
            await this.of?.more?.();
        } finally {
            this.loading = false;
        }
    }
}

function cell(column: Column<unknown>, row: unknown, isName: boolean): TemplateResult {
    const kind = column.kind ?? '';
    return isName ? html`<th scope="row" class=${kind}>${column.cell(row)}</th>` : html`<td class=${kind}>${column.cell(row)}</td>`;
}
