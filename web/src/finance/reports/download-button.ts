import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { shared } from '../../look/shared';
import { faultOf } from '../desk/fault';
import type { Desk } from '../desk/view';
import { bookLook } from '../look';
import { download, sizeText } from './download';

export function downloadButton(desk: Desk, label: string, path: string, name: string): TemplateResult {
    return html`<download-button .desk=${desk} .label=${label} .path=${path} .name=${name}></download-button>`;
}

/** Saves one file, says how far it is, and can be stopped. */
@customElement('download-button')
export class DownloadButton extends LitElement {
    static override styles = [shared, bookLook];

    @property({ attribute: false }) desk!: Desk;
    @property({ attribute: false }) label = 'Download';
    @property({ attribute: false }) path = '';
    @property({ attribute: false }) name = 'download';
    @state() private fault = '';
    @state() private bytes: number | undefined;
    private stopping: AbortController | undefined;

    override disconnectedCallback(): void {
        super.disconnectedCallback();
        this.stopping?.abort();
    }

    protected override render(): TemplateResult {
        return html`<span class="row">
                ${this.bytes === undefined
                    ? html`<button class="button small" data-testid="download" @click=${this.save}>↓ ${this.label}</button>`
                    : html`<button class="button small" @click=${() => this.stopping?.abort()}>Stop</button><small role="status">${sizeText(this.bytes)} so far</small>`}
            </span>
            ${this.fault ? html`<p class="message" role="alert">${this.fault}</p>` : nothing}`;
    }

    /** Saves the file, as the button does. */
    async save(): Promise<void> {
        this.fault = '';
        this.bytes = 0;
        this.stopping = new AbortController();
        try {
            this.desk.say(await download(this.desk.api, this.path, this.name, this.stopping.signal, (bytes) => (this.bytes = bytes)));
        } catch (error) {
            this.fault = this.stopping.signal.aborted ? 'Stopped; nothing is saved.' : faultOf(error).words;
        } finally {
            this.bytes = undefined;
        }
    }
}
