import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { table } from '../desk/book-table';
import { callOf } from '../desk/route';
import { utcText } from '../desk/moment';
import { BookView } from '../desk/view';
import { labelOf } from '../desk/words';

interface Verification {
    holds: boolean;
    checks: readonly (string | Record<string, unknown>)[];
    firstFault?: unknown;
}

/** Has the ledger recompute itself from its entries, and shows what it says. */
@customElement('verify-view')
export class VerifyView extends BookView {
    @state() private verification: Verification | undefined;
    @state() private at = '';
    private wanted = false;

    /** Only when somebody asks: it reads the whole ledger. */
    protected async load(): Promise<() => void> {
        if (!this.wanted) return () => undefined;
        const verification = await this.desk.api.readMine<Verification>(callOf(['ledger', 'verify']));
        return () => {
            this.verification = verification;
            this.at = new Date().toISOString();
        };
    }

    protected heading(): string {
        return 'Verify the books';
    }

    protected override asOf(): string {
        return this.at === '' ? '' : `Verified ${utcText(this.at)}`;
    }

    protected override offers(): TemplateResult {
        return html`<p class="note">The ledger recomputes its chain, balances, history and lots from the entries, and names the first fault. With many entries this takes minutes.</p>
            <p class="row no-print"><button class="button party" data-testid="verify" ?disabled=${this.loading && this.wanted} @click=${this.verify}>Verify now</button></p>`;
    }

    protected content(): TemplateResult | typeof nothing {
        return this.verification ? this.result(this.verification) : nothing;
    }

    private verify(): void {
        this.wanted = true;
        void this.reload();
    }

    private result({ holds, checks, firstFault }: Verification): TemplateResult {
        const names = [...new Set(checks.flatMap((check) => (typeof check === 'string' ? ['check'] : Object.keys(check))))];
        return html`<p data-testid="verdict">${holds ? html`<span class="good">✓ Everything holds.</span>` : html`<span class="bad">✗ It does not hold: ${typeof firstFault === 'string' ? firstFault : JSON.stringify(firstFault)}</span>`}</p>
            ${table({
                caption: 'Checks',
                columns: names.map((name) => ({ label: labelOf(name), cell: (check: string | Record<string, unknown>) => (typeof check === 'string' ? check : wordOf(check[name])) })),
                rows: checks,
            })}`;
    }
}

function wordOf(value: unknown): string {
    if (value === true) return '✓';
    if (value === false) return '✗';
    return value === null || value === undefined ? '' : String(value);
}
