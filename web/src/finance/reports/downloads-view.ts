import { html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { Field } from '../desk/field';
import '../desk/filter-form';
import { momentOf, momentText, monthOf, monthsLater } from '../desk/moment';
import { callOf } from '../desk/route';
import { BookView } from '../desk/view';
import { downloadButton } from './download-button';

const EXPORT: readonly Field[] = [
    { name: 'from', label: 'From', width: 22, hint: 'Within; empty: the first entry' },
    { name: 'to', label: 'To', width: 22, hint: 'Instant: not within; empty: now' },
    { name: 'format', label: 'Format', kind: 'choice', choices: [['csv', 'CSV'], ['hledger', 'hledger journal']] },
];

/** Files to take away: the journal, a creator's statement, and where the others are. */
@customElement('downloads-view')
export class DownloadsView extends BookView {
    protected load(): Promise<() => void> {
        return Promise.resolve(() => undefined);
    }

    protected heading(): string {
        return 'Downloads';
    }

    protected content(): TemplateResult {
        const { from, to, format = 'csv', creator, month } = this.route.query;
        const name = `ledger.${format === 'csv' ? 'csv' : 'journal'}`;
        return html`<h2>Journal</h2>
            <p class="note">Every posting of a range, as it comes from the ledger; an outside program can add it up again.</p>
            <filter-form .fields=${EXPORT} .values=${this.route.query} .action=${'Choose'} @filter=${(event: CustomEvent<Record<string, string>>) => this.go({ ...event.detail, from: momentOf(event.detail['from']!), to: momentOf(event.detail['to']!) })}></filter-form>
            <p>${downloadButton(this.desk, `${name}: ${from ? `from ${momentText(from)}` : 'from the first entry'} to ${momentText(to)}`, callOf(['ledger', 'export'], { from, to, format }), name)}</p>
            <h2>Statement of a creator</h2>
            <filter-form
                .fields=${[
                    { name: 'creator', label: 'Creator', required: true },
                    { name: 'month', label: 'Month', kind: 'month', required: true, value: monthsLater(monthOf(new Date()), -1) },
                ] satisfies Field[]}
                .values=${this.route.query}
                .action=${'Choose'}
                @filter=${(event: CustomEvent<Record<string, string>>) => this.go(event.detail)}
            ></filter-form>
            ${creator && month ? this.statements(creator, month) : nothing}
            <h2>Elsewhere</h2>
            <ul>
                <li><a href="#/batches">Batches for the bank</a>, pain.001 each</li>
                <li><a href="#/seals">Seals of closed months</a></li>
            </ul>`;
    }

    private statements(creator: string, month: string): TemplateResult {
        const button = (format: 'pdf' | 'json') =>
            downloadButton(this.desk, `${creator}, ${month}, ${format.toUpperCase()}`, callOf(['ledger', 'statements', 'creators', creator], { month, format }), `statement-${creator}-${month}.${format}`);
        return html`<p class="row">${button('pdf')} ${button('json')}</p>`;
    }
}
