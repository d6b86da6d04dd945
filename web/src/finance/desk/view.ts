import { LitElement, html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { ApiClient } from '../../api/client';
import { shared } from '../../look/shared';
import { bookLook, formLook } from '../look';
import type { Question } from './ask-dialog';
import { faultOf, type Fault } from './fault';
import { Pages } from './pages';
import { hrefOf, type Route } from './route';

/** What every view works with. */
export interface Desk {
    api: ApiClient;
    /** Id of whoever is signed in. */
    me: string;
    /** Asks before something is done; the words of what was done, or undefined. */
    ask(question: Question): Promise<string | undefined>;
    /** For those who hear the page. */
    say(words: string): void;
    signIn(): void;
}

/** A view of the console. It reads what its route names, again whenever that changes; an answer that comes late is not shown. */
export abstract class BookView extends LitElement {
    static override styles: CSSResultGroup = [shared, bookLook, formLook];

    @property({ attribute: false }) desk!: Desk;
    @property({ attribute: false }) route!: Route;
    @state() protected fault: Fault | undefined;
    @state() protected loading = false;
    /** Whether what the route names could not be read: what was read before belongs to another place. */
    @state() private unread = false;
    private turn = 0;

    /** Reads; the result shows what was read. */
    protected abstract load(): Promise<() => void>;
    protected abstract heading(): string;
    protected abstract content(): TemplateResult | typeof nothing;

    protected override willUpdate(changed: PropertyValues<this>): void {
        if (changed.has('route') || changed.has('desk')) void this.reload();
    }

    /** @param done what was done before, and is still to be heard */
    async reload(done?: string): Promise<void> {
        const turn = ++this.turn;
        this.loading = true;
        try {
            const show = await this.load();
            if (turn !== this.turn) return;
            this.fault = undefined;
            this.unread = false;
            show();
        } catch (error) {
            if (turn === this.turn) {
                this.fault = faultOf(error);
                this.unread = true;
            }
        }
        if (turn !== this.turn) return;
        this.loading = false;
        this.desk.say(this.fault?.words ?? done ?? `${this.heading()} is shown.`);
    }

    /** Reads what follows on a page. */
    protected more<Row, Answer>(pages: Pages<Row, Answer>, show: (pages: Pages<Row, Answer>) => void): (() => Promise<void>) | undefined {
        if (!pages.hasMore) return undefined;
        return async () => {
            try {
                const next = await pages.next();
                show(next);
                this.desk.say(`${next.rows.length} rows are shown.`);
            } catch (error) {
                this.fault = faultOf(error);
            }
        };
    }

    /** Asks, does, and reads again. */
    protected async act(question: Question): Promise<void> {
        const done = await this.desk.ask(question);
        if (done === undefined) return;
        await this.reload(done);
        await this.updateComplete;
        // the button that asked may be gone with its row
        if (this.shadowRoot?.activeElement === null) this.focusTitle();
    }

    focusTitle(): void {
        this.shadowRoot?.querySelector('h1')?.focus();
    }

    /** Goes to the same place with other filters; those left out stay. */
    protected go(query: Record<string, string | undefined>): void {
        const href = hrefOf(this.route.path, { ...this.route.query, ...query });
        if (location.hash === href) void this.reload();
        else location.hash = href;
    }

    protected asOf(): string {
        return '';
    }

    /** What is offered whether anything was read or not, such as filters. */
    protected offers(): TemplateResult | typeof nothing {
        return nothing;
    }

    protected override render(): TemplateResult {
        return html`<div class="head"><h1 tabindex="-1">${this.heading()}</h1><p class="asof">${this.unread ? '' : this.asOf()}</p></div>
            <p role="status" class="note" ?hidden=${!this.loading}>Reading …</p>
            ${this.fault ? faultMessage(this.fault, this.desk) : nothing} ${this.offers()} ${this.unread ? nothing : this.content()}`;
    }
}

export function faultMessage(fault: Fault, desk: Desk): TemplateResult {
    if (fault.kind === 'missing') return html`<p class="quiet-message" data-testid="missing">${fault.words}</p>`;
    return html`<p class="message" role="alert" data-testid="error-message">
        ${fault.words} ${fault.kind === 'sign-in' ? html`<button class="button small" @click=${() => desk.signIn()}>Sign in</button>` : nothing}
    </p>`;
}
