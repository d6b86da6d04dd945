import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { ProblemError } from '../../api/problem';
import { faultOf } from '../desk/fault';
import { BookView } from '../desk/view';
import { EXPECTED, probesOf, type Probe } from './search';

interface Looked {
    probe: Probe;
    found: boolean;
    fault?: string;
}

/** What an id is the id of: asks every place that could know it, and says where it was found, or that it was nowhere. */
@customElement('search-view')
export class SearchView extends BookView {
    @state() private looked: readonly Looked[] | undefined;

    private get typed(): string {
        return this.route.query['q'] ?? '';
    }

    protected async load(): Promise<() => void> {
        const looked = await Promise.all(probesOf(this.typed).map((probe) => this.look(probe)));
        return () => (this.looked = looked);
    }

    private async look(probe: Probe): Promise<Looked> {
        try {
            const answer = await this.desk.api.readMine<Record<string, unknown>>(probe.call);
            const list = probe.list === undefined ? undefined : answer[probe.list];
            return { probe, found: list === undefined || (Array.isArray(list) && list.length > 0) };
        } catch (error) {
            if (!(error instanceof ProblemError)) throw error;
            if (error.status === 401 || error.status === 403) throw error;
            if (error.status === 404 || error.kind === 'position-not-applied') return { probe, found: false };
            return { probe, found: false, fault: faultOf(error).words };
        }
    }

    protected heading(): string {
        return this.typed === '' ? 'Search' : `Search: ${this.typed}`;
    }

    protected content(): TemplateResult | typeof nothing {
        if (this.typed === '') return html`<p class="note">${EXPECTED}</p>`;
        if (this.looked === undefined) return nothing;
        const found = this.looked.filter((one) => one.found);
        const failed = this.looked.filter((one) => one.fault !== undefined);
        return html`${found.length > 0 ? this.list(found) : this.nothing()}
        ${failed.length > 0 ? html`<p class="quiet-message">Could not be looked up: ${failed.map((one) => html`${one.probe.what} (${one.fault}) `)}</p>` : nothing}`;
    }

    private list(found: readonly Looked[]): TemplateResult {
        return html`<ul data-testid="found">${found.map(({ probe }) => html`<li><a href=${probe.href}>${probe.what}</a></li>`)}</ul>`;
    }

    private nothing(): TemplateResult {
        const asked = this.looked?.map((one) => one.probe.what) ?? [];
        return html`<p class="message" data-testid="nothing-found"><b>Nothing is known by “${this.typed}”.</b> ${asked.length > 0 ? `Looked for: ${asked.join(', ')}.` : EXPECTED}</p>`;
    }
}
