import { LitElement, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { ApiClient } from '../api/client';
import { shared } from '../look/shared';
import './desk/ask-dialog';
import type { AskDialog } from './desk/ask-dialog';
import { roleFault } from './desk/claims';
import { valuesOf } from './desk/field';
import { utcText } from './desk/moment';
import { hrefOf, routeOf, type Route } from './desk/route';
import { signInQuestion } from './desk/sign-in';
import { StaffSession } from './desk/staff-session';
import type { BookView, Desk } from './desk/view';
import { pageLook } from './finance-page-look';
import { bookLook, formLook } from './look';
import { HOME, MENU, viewOf } from './places';

/** The console of finance staff: a menu, a search, and the view that the address names. */
@customElement('confetti-finance')
export class FinancePage extends LitElement {
    static override styles = [shared, bookLook, formLook, pageLook];

    @state() private route: Route = here();
    @state() private desk: Desk | undefined;
    @state() private said = '';
    @state() private menuOpen = false;
    @query('ask-dialog') private readonly dialog!: AskDialog;
    @query('main') private readonly main!: HTMLElement;
    private readonly session = new StaffSession(localStorage);

    override connectedCallback(): void {
        super.connectedCallback();
        window.addEventListener('hashchange', this.moved);
        window.addEventListener('storage', this.signedInElsewhere);
        window.addEventListener('beforeprint', this.dated);
        this.sit();
    }

    override disconnectedCallback(): void {
        super.disconnectedCallback();
        window.removeEventListener('hashchange', this.moved);
        window.removeEventListener('storage', this.signedInElsewhere);
        window.removeEventListener('beforeprint', this.dated);
    }

    /** What is printed says when. */
    private readonly dated = (): void => this.requestUpdate();

    /** Another tab has another person now, and so has this one. */
    private readonly signedInElsewhere = (): void => {
        if (this.session.claims?.sub !== this.desk?.me) this.sit();
    };

    /** Another place gets the focus at its title; the same place with other filters keeps it where it is. */
    private readonly moved = async (): Promise<void> => {
        const before = this.route;
        this.route = here();
        this.menuOpen = false;
        if (before.path.join('/') === this.route.path.join('/')) return;
        await this.updateComplete;
        const view = this.view();
        await view?.updateComplete;
        view?.focusTitle();
        window.scrollTo(0, 0);
    };

    private view(): BookView | null {
        return this.renderRoot.querySelector<BookView>('[data-view]');
    }

    /** Whoever is signed in sits down; each gets a desk of their own, so that nothing of the one before stays. */
    private sit(): void {
        const claims = this.session.claims;
        this.desk = claims && {
            api: new ApiClient({ session: this.session }),
            me: claims.sub,
            ask: (question) => this.dialog.ask(question),
            say: (words) => (this.said = words),
            signIn: () => void this.signIn(),
        };
    }

    private async signIn(): Promise<void> {
        const done = await this.dialog.ask(signInQuestion(this.session));
        if (done === undefined) return;
        this.sit();
        this.said = done;
    }

    private signOut(): void {
        this.session.signOut();
        this.sit();
        this.said = 'You are signed out.';
    }

    protected override updated(changed: PropertyValues): void {
        if (changed.has('route') || changed.has('desk')) document.title = `${this.label()} · Confetti Finance`;
    }

    private label(): string {
        const [place = HOME, id] = this.route.path;
        const name = MENU.flatMap(([, places]) => places).find(([known]) => known === place)?.[1] ?? place;
        return id === undefined ? name : `${name}: ${id}`;
    }

    protected override render(): TemplateResult {
        return html`<a class="skip" href="#main" @click=${this.skip}>Skip to the content</a>
            <header class="no-print">
                <a class="home" href="#/"><img src="/icon.svg" alt="" /> Confetti <span>Finance</span></a>
                <form role="search" @submit=${this.search}>
                    <label class="hidden-words" for="q">Search by any id</label>
                    <input id="q" name="q" placeholder="Any id: position, UUID, account, person" autocomplete="off" spellcheck="false" .value=${this.route.query['q'] ?? ''} />
                    <button class="button">Search</button>
                </form>
                ${this.person()}
            </header>
            <p class="printed">Confetti Finance · printed ${utcText(new Date().toISOString())} by ${this.session.claims?.name ?? 'nobody'} · ${location.href}</p>
            <div class="desk">
                <button class="button menu-button no-print" aria-expanded=${this.menuOpen} aria-controls="menu" @click=${() => (this.menuOpen = !this.menuOpen)}>Menu: ${this.label()}</button>
                <nav id="menu" class="no-print ${this.menuOpen ? 'open' : ''}" aria-label="Console">${MENU.map(([group, places]) => this.group(group, places))}</nav>
                <main id="main" tabindex="-1">${this.content()}</main>
            </div>
            <p class="hidden-words" role="status" aria-live="polite" data-testid="said">${this.said}</p>
            <ask-dialog></ask-dialog>`;
    }

    private person(): TemplateResult {
        const claims = this.session.claims;
        if (claims === undefined) return html`<button class="button party" data-testid="sign-in" @click=${this.signIn}>Sign in</button>`;
        return html`<span class="row person"><span data-testid="person" title=${claims.sub}>${claims.name}</span>
            <button class="button small" data-testid="sign-in" @click=${this.signIn}>Switch</button>
            <button class="button small" @click=${this.signOut}>Sign out</button></span>`;
    }

    private group(group: string, places: readonly (readonly [string, string])[]): TemplateResult {
        const current = this.route.path[0];
        return html`<h2>${group}</h2>
            <ul>${places.map(([place, label]) => html`<li><a href=${hrefOf([place])} aria-current=${place === current ? 'page' : nothing}>${label}</a></li>`)}</ul>`;
    }

    private content(): TemplateResult {
        if (this.desk === undefined) {
            return html`<h1 tabindex="-1">The books are closed to you</h1><p class="note">Sign in with the role <b>finance</b> to open them.</p>
                <p><button class="button party" @click=${this.signIn}>Sign in</button></p>`;
        }
        const fault = this.session.claims && roleFault(this.session.claims);
        if (fault !== undefined) {
            return html`<h1 tabindex="-1">The books are closed to you</h1><p class="message" role="alert" data-testid="role-fault">${fault}</p>
                <p><button class="button party" @click=${this.signIn}>Sign in as somebody else</button></p>`;
        }
        const view = viewOf(this.desk, this.route);
        if (view === undefined) return html`<h1 tabindex="-1">No such place</h1><p class="note">The console has nothing at ${location.hash}. Choose from the menu, or search.</p>`;
        return html`${keyed(this.route.path.join('/'), view)}`;
    }

    private skip(event: Event): void {
        event.preventDefault();
        const view = this.view();
        if (view) view.focusTitle();
        else this.main.focus();
    }

    private search(event: SubmitEvent): void {
        event.preventDefault();
        const { q = '' } = valuesOf(event.target as HTMLFormElement);
        if (q !== '') location.hash = hrefOf(['search'], { q });
    }
}

/** The place that the address names; without any, the first one. */
function here(): Route {
    const route = routeOf(location.hash);
    return route.path.length === 0 ? { ...route, path: [HOME] } : route;
}

declare global {
    interface HTMLElementTagNameMap {
        'confetti-finance': FinancePage;
    }
}
