import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { shared } from '../../look/shared';
import { bookLook, formLook } from '../look';
import { fieldOf, valuesOf, type Field } from './field';
import { faultOf } from './fault';

/** Something that is done when a person has confirmed it. */
export interface Question {
    title: string;
    note?: unknown;
    fields?: readonly Field[];
    /** What the button says. */
    confirm: string;
    /** Does it; a refusal is shown and the dialog stays. The result is said aloud. */
    run: (values: Record<string, string>) => Promise<string>;
}

/** The one dialog that asks before anything is written. */
@customElement('ask-dialog')
export class AskDialog extends LitElement {
    static override styles = [
        shared,
        bookLook,
        formLook,
        css`
            form { display: flex; flex-direction: column; gap: 0.9rem; }
            .row { justify-content: flex-end; }
            h2 { margin: 0; }
            .note { margin: 0; }
        `,
    ];

    @state() private question: Question | undefined;
    @state() private fault = '';
    @state() private busy = false;
    @query('dialog') private readonly dialog!: HTMLDialogElement;
    private answer: ((done: string | undefined) => void) | undefined;

    /** The words of what was done; undefined when it was not. */
    async ask(question: Question): Promise<string | undefined> {
        this.question = question;
        this.fault = '';
        await this.updateComplete;
        this.dialog.showModal();
        (this.dialog.querySelector<HTMLElement>('input, select, textarea') ?? this.dialog.querySelector<HTMLElement>('.party'))?.focus();
        return new Promise((done) => (this.answer = done));
    }

    protected override render(): TemplateResult {
        const question = this.question;
        return html`<dialog aria-labelledby="title" @close=${() => this.dialog.open || this.end(undefined)}>
            ${question
                ? html`<form @submit=${this.submitted}>
                      <h2 id="title">${question.title}</h2>
                      ${question.note ? html`<div class="note">${question.note}</div>` : nothing} ${question.fields?.map((field) => fieldOf(field))}
                      ${this.fault ? html`<p class="message" role="alert" data-testid="refusal">${this.fault}</p>` : nothing}
                      <div class="row">
                          <button type="button" class="button quiet" @click=${() => this.dialog.close()}>Cancel</button>
                          <button class="button party" data-testid="confirm" ?disabled=${this.busy}>${this.busy ? 'One moment …' : question.confirm}</button>
                      </div>
                  </form>`
                : nothing}
        </dialog>`;
    }

    private async submitted(event: SubmitEvent): Promise<void> {
        event.preventDefault();
        const question = this.question;
        if (question === undefined || this.busy) return;
        this.busy = true;
        this.fault = '';
        try {
            const done = await question.run(valuesOf(event.target as HTMLFormElement));
            if (this.question === question) this.end(done);
        } catch (error) {
            this.fault = faultOf(error).words;
        } finally {
            this.busy = false;
        }
    }

    private end(done: string | undefined): void {
        this.answer?.(done);
        this.answer = undefined;
        this.question = undefined;
        if (this.dialog.open) this.dialog.close();
    }
}

declare global {
    interface HTMLElementTagNameMap {
        'ask-dialog': AskDialog;
    }
}
