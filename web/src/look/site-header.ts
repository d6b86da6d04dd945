import { LitElement, css, html, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { ApiClient } from '../api/client';
import type { Session } from '../api/session';
import { BoardVisibility } from '../board/visibility';
import { icon } from './icons';
import { shared } from './shared';

/** The line at the top of the pages: the way home, and the viewer's own name, which can be changed, and hidden on boards. */
@customElement('site-header')
export class SiteHeader extends LitElement {
    static override styles = [
        shared,
        css`
            header { display: flex; align-items: center; justify-content: space-between; gap: 1rem; padding: 0.4rem clamp(0.75rem, 3vw, 2rem); }
            .home { display: inline-flex; align-items: center; gap: 0.5rem; min-height: 44px; text-decoration: none; font-weight: 850; font-size: 1.2rem; letter-spacing: -0.02em; }
            .home img { width: 30px; height: 30px; }
            .me { font-weight: 600; max-width: 50vw; padding: 0 0.9rem; min-height: 40px; background: var(--panel); }
            .me span { overflow: hidden; text-overflow: ellipsis; }
            form { display: flex; flex-direction: column; gap: 0.9rem; }
            input { min-height: 46px; padding: 0 0.9rem; border-radius: 12px; border: 1px solid var(--line); background: #150b2b; }
            .row { display: flex; gap: 0.5rem; justify-content: flex-end; }
            label { display: flex; flex-direction: column; gap: 0.4rem; }
            small { color: var(--ink-2); }
            .switch { flex-direction: row; align-items: center; gap: 0.7rem; min-height: 44px; cursor: pointer; }
            .switch input { appearance: none; position: relative; flex: none; width: 46px; min-height: 26px; height: 26px; padding: 0; margin: 0; border-radius: 999px; background: #150b2b; cursor: pointer; }
            .switch input::before { content: ''; position: absolute; top: 3px; left: 3px; width: 18px; height: 18px; border-radius: 50%; background: var(--ink-2); transition: transform 0.15s; }
            .switch input:checked { background: var(--mint); }
            .switch input:checked::before { transform: translateX(20px); background: #150b2b; }
            .switch input:disabled { opacity: 0.5; cursor: progress; }
        `,
    ];

    @property({ attribute: false }) session: Session | undefined;
    @state() private problem = '';
    @query('dialog') private readonly dialog!: HTMLDialogElement;
    @query('input[name=name]') private readonly input!: HTMLInputElement;
    private readonly visibility = new BoardVisibility(
        { readMine: (path) => this.api().readMine(path), set: (path, body) => this.api().set(path, body) },
        () => this.session!.identity.sub,
        () => this.requestUpdate(),
    );

    private api(): ApiClient {
        return new ApiClient({ session: this.session! });
    }

    protected override render(): TemplateResult {
        const name = this.session?.identity.name ?? '';
        return html`<header>
                <a class="home" href="/"><img src="/icon.svg" alt="" /> Confetti</a>
                ${this.session ? html`<button class="button me" @click=${this.open} aria-label="Your name is ${name}. Change it"><span>${name}</span> ${icon('pen')}</button>` : ''}
            </header>
            <dialog aria-labelledby="title">
                <form @submit=${this.save}>
                    <h2 id="title">Your name</h2>
                    <label><span>How creators and viewers see you</span><input name="name" maxlength="40" required autocomplete="nickname" .value=${name} /></label>
                    <small>Stored in this browser.</small>
                    ${this.hideSwitch()}
                    ${this.problem ? html`<p class="message" role="alert">${this.problem}</p>` : ''}
                    <div class="row"><button type="button" class="button quiet" @click=${() => this.dialog.close()}>Cancel</button><button class="button party">Save</button></div>
                </form>
            </dialog>`;
    }

    /** Takes effect at once, apart from the form. */
    private hideSwitch(): TemplateResult {
        const { hidden, busy, problem } = this.visibility;
        return html`<label class="switch"
                ><input type="checkbox" role="switch" aria-describedby="hide-words" data-testid="hide-switch" .checked=${hidden ?? false} ?disabled=${busy || hidden === undefined} @change=${this.hide} /><span>Hide me on leaderboards</span></label
            >
            <small id="hide-words">Your place stays, without your name. In the live itself your gifts still carry it.</small>
            ${problem ? html`<p class="message" role="alert">${problem}</p>` : ''}`;
    }

    private async hide(event: Event): Promise<void> {
        const box = event.target as HTMLInputElement;
        await this.visibility.choose(box.checked);
        box.checked = this.visibility.hidden ?? false; // as the service has it, also where it refused
    }

    private open(): void {
        this.problem = '';
        void this.visibility.load();
        this.dialog.showModal();
        this.input.select();
    }

    private async save(event: SubmitEvent): Promise<void> {
        event.preventDefault();
        const name = this.input.value.trim();
        if (name === '') return;
        try {
            await this.session!.rename(name);
            this.dialog.close();
        } catch (error) {
            this.problem = (error as Error).message;
        }
        this.requestUpdate();
    }
}

declare global {
    interface HTMLElementTagNameMap {
        'site-header': SiteHeader;
    }
}
