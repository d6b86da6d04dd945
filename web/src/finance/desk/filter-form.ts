import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { shared } from '../../look/shared';
import { bookLook, formLook } from '../look';
import { fieldOf, valuesOf, type Field } from './field';

/** A row of filters. Fires `filter` with what was chosen; what is chosen now comes from the address. */
@customElement('filter-form')
export class FilterForm extends LitElement {
    static override styles = [
        shared,
        bookLook,
        formLook,
        css`
            form { display: flex; flex-wrap: wrap; gap: 0.7rem; align-items: flex-start; padding: 0.7rem 0.8rem 0.8rem; border: 1px solid var(--line); border-radius: 12px; margin-bottom: 0.9rem; }
            button { margin-top: 1.3rem; }
            form .note { flex-basis: 100%; margin: 0; }
            @media (max-width: 599px) {
                label { flex: 1 1 45%; }
                button { margin-top: 0; }
            }
            @media print { :host { display: none; } }
        `,
    ];

    @property({ attribute: false }) fields: readonly Field[] = [];
    @property({ attribute: false }) values: Readonly<Record<string, string>> = {};
    @property() action = 'Show';
    @property() note = '';

    protected override render(): TemplateResult {
        return html`<form @submit=${this.submitted} aria-label="What to show">
            ${this.fields.map((field) => fieldOf(field, this.values[field.name] ?? field.value ?? ''))}
            <button class="button">${this.action}</button>
            ${this.note ? html`<p class="note">${this.note}</p>` : nothing}
        </form>`;
    }

    private submitted(event: SubmitEvent): void {
        event.preventDefault();
        this.dispatchEvent(new CustomEvent('filter', { detail: valuesOf(event.target as HTMLFormElement) }));
    }
}
