import { html, nothing, type TemplateResult } from 'lit';

export interface Upload {
    label: string;
    /** What the file chooser offers. */
    accept: string;
    hint?: string;
    /** More fields of the form, before the file. */
    fields?: TemplateResult;
    /** Hands the file in; the result is the place to go to. */
    run: (file: File, form: FormData) => Promise<string>;
    failed: (error: unknown) => void;
}

/** A form that hands in one file. */
export function uploadForm(upload: Upload): TemplateResult {
    const submitted = async (event: SubmitEvent) => {
        event.preventDefault();
        const form = new FormData(event.target as HTMLFormElement);
        const file = form.get('file');
        if (!(file instanceof File) || file.name === '') return;
        try {
            location.hash = await upload.run(file, form);
        } catch (error) {
            upload.failed(error);
        }
    };
    return html`<form class="row" style="align-items:flex-start" @submit=${submitted}>
        ${upload.fields ?? nothing}
        <label><span>${upload.label}</span><input type="file" name="file" required accept=${upload.accept} data-testid="file" />${upload.hint ? html`<small>${upload.hint}</small>` : nothing}</label>
        <button class="button" style="margin-top:1.3rem">Hand in</button>
    </form>`;
}
