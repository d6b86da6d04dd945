import { LitElement, css, html, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Session } from '../api/session';
import { icon } from './icons';
import { shared } from './shared';

/** The line at the top of the pages: the way home, and the viewer's own name, which can be changed. */
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
        `,
    ];

    @property({ attribute: false }) session: Session | undefined;
    @state() private problem = '';
    @query('dialog') private readonly dialog!: HTMLDialogElement;
    @query('input') private readonly input!: HTMLInputElement;

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
                    ${this.problem ? html`<p class="message" role="alert">${this.problem}</p>` : ''}
                    <div class="row"><button type="button" class="button quiet" @click=${() => this.dialog.close()}>Cancel</button><button class="button party">Save</button></div>
                </form>
            </dialog>`;
    }

    private open(): void {
        this.problem = '';
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
