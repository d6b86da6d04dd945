import { html, nothing, type TemplateResult } from 'lit';

/** One thing that a form asks for. */
export interface Field {
    name: string;
    label: string;
    kind?: 'text' | 'month' | 'choice' | 'words' | 'secret';
    /** Of a choice: what is sent, and what is shown. */
    choices?: readonly (readonly [value: string, label: string])[];
    hint?: string;
    value?: string;
    required?: boolean;
    /** Characters that it is about as wide as. */
    width?: number;
}

export function fieldOf(field: Field, value = field.value ?? ''): TemplateResult {
    return html`<label><span>${field.label}</span>${inputOf(field, value)}${field.hint ? html`<small>${field.hint}</small>` : nothing}</label>`;
}

function inputOf(field: Field, value: string): TemplateResult {
    const required = field.required ?? false;
    switch (field.kind ?? 'text') {
        case 'choice':
            return html`<select name=${field.name} ?required=${required}>
                ${field.choices?.map(([choice, label]) => html`<option value=${choice} .selected=${choice === value}>${label}</option>`)}
            </select>`;
        case 'words':
            return html`<textarea name=${field.name} ?required=${required} maxlength="500" .value=${value}></textarea>`;
        case 'month':
            return html`<input name=${field.name} ?required=${required} inputmode="numeric" placeholder="YYYY-MM" pattern="\\d{4}-\\d{2}" size="8" autocomplete="off" .value=${value} />`;
        case 'secret':
            return html`<input name=${field.name} ?required=${required} type="password" autocomplete="off" .value=${value} />`;
        case 'text':
            return html`<input name=${field.name} ?required=${required} autocomplete="off" spellcheck="false" size=${field.width ?? 20} .value=${value} />`;
    }
}

/** What stands in a form's fields, without spaces around. */
export function valuesOf(form: HTMLFormElement): Record<string, string> {
    const values: Record<string, string> = {};
    for (const [name, value] of new FormData(form)) if (typeof value === 'string') values[name] = value.trim();
    return values;
}
