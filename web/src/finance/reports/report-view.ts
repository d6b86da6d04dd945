import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Question } from '../desk/ask-dialog';
import { table } from '../desk/book-table';
import { faultOf, type Fault } from '../desk/fault';
import '../desk/filter-form';
import { momentOf } from '../desk/moment';
import { Pages } from '../desk/pages';
import type { Route } from '../desk/route';
import { BookView, faultMessage } from '../desk/view';
import type { Report, ReportPlace } from './report';

/** Shows any report: its filters, its table, and what follows. */
@customElement('report-view')
export class ReportView extends BookView {
    @property({ attribute: false }) report!: Report<any, any>; // each report has rows of its own shape
    @state() private pages: Pages<any, any> | undefined;
    @state() private toolFault: Fault | undefined;

    /** The route with the filters that count when it names none. */
    private get shown(): Route {
        return { path: this.route.path, query: { ...this.report.defaults?.(), ...this.route.query } };
    }

    protected async load(): Promise<() => void> {
        const pages = await Pages.read(this.desk.api, this.report.call(this.shown), this.report.list);
        return () => {
            this.pages = pages;
            this.toolFault = undefined;
        };
    }

    protected heading(): string {
        return this.report.title(this.route);
    }

    protected override asOf(): string {
        return this.pages ? (this.report.asOf?.(this.pages.first, this.shown) ?? '') : '';
    }

    private get place(): ReportPlace {
        return {
            desk: this.desk,
            route: this.shown,
            act: (question: Question) => this.act(question),
            failed: (error) => (this.toolFault = faultOf(error)),
        };
    }

    protected override offers(): TemplateResult {
        const { filters, note, tools } = this.report;
        return html`${note ? html`<p class="note">${note}</p>` : nothing} ${tools ? html`<div class="no-print tools">${tools(this.place)}</div>` : nothing} ${this.toolFault ? faultMessage(this.toolFault, this.desk) : nothing}
        ${filters ? html`<filter-form .fields=${filters} .values=${this.shown.query} @filter=${this.filtered}></filter-form>` : nothing}`;
    }

    protected content(): TemplateResult | typeof nothing {
        return this.pages ? this.rows(this.pages) : nothing;
    }

    private rows(pages: Pages<any, any>): TemplateResult {
        const { group } = this.report;
        return table({
            caption: this.heading(),
            columns: this.report.columns(this.place),
            rows: pages.rows,
            ...(group ? { group } : {}),
            empty: this.report.empty,
            more: this.more(pages, (next) => (this.pages = next)),
        });
    }

    private filtered(event: CustomEvent<Record<string, string>>): void {
        const moments = this.report.moments ?? [];
        this.go(Object.fromEntries(Object.entries(event.detail).map(([name, value]) => [name, moments.includes(name) ? momentOf(value) : value])));
    }
}
