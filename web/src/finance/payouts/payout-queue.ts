import { css, html, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { table } from '../desk/book-table';
import { Pages } from '../desk/pages';
import { callOf, hrefOf } from '../desk/route';
import { BookView } from '../desk/view';
import { amount, chip, id, instant, money } from '../reports/columns';
import type { Payout } from '../shapes';
import { makeBatch, payoutButtons } from './payout-acts';
import { STAGES, stageOf } from './payout-rules';

/** Payouts by the stage that they are in, with what may be done there. */
@customElement('payout-queue')
export class PayoutQueue extends BookView {
    static override styles: CSSResultGroup = [
        BookView.styles,
        css`
            .stages { display: flex; flex-wrap: wrap; gap: 0.35rem; margin-bottom: 0.9rem; padding: 0; list-style: none; }
            .stages a { display: inline-flex; align-items: center; min-height: 38px; padding: 0 0.8rem; border: 1px solid var(--line); border-radius: 999px; color: var(--ink); text-decoration: none; }
            .stages a[aria-current] { background: var(--panel-2); font-weight: 700; border-color: var(--ink-2); }
        `,
    ];

    @state() private payouts: Pages<Payout> | undefined;

    private get stage() {
        return stageOf(this.route.query['stage']);
    }

    protected async load(): Promise<() => void> {
        const call = callOf(['payouts'], { status: this.stage.status, creatorId: this.route.query['creator'] });
        const payouts = await Pages.read<Payout>(this.desk.api, call, 'payouts');
        return () => (this.payouts = payouts);
    }

    protected heading(): string {
        return 'Payouts';
    }

    protected override asOf(): string {
        return this.stage.label + (this.route.query['creator'] ? ` of ${this.route.query['creator']}` : '');
    }

    protected override offers(): TemplateResult {
        return html`<nav class="no-print" aria-label="Stages of payouts"><ul class="stages">
                ${STAGES.map((stage) => html`<li><a href=${hrefOf(['payouts'], { ...this.route.query, stage: stage.name })} aria-current=${stage === this.stage ? 'page' : nothing}>${stage.label}</a></li>`)}
            </ul></nav>
            ${this.stage.name === 'approved' ? html`<p class="row no-print"><button class="button party" data-testid="make-batch" @click=${this.batch}>Make a batch …</button></p>` : nothing}`;
    }

    protected content(): TemplateResult | typeof nothing {
        return this.payouts ? this.list(this.payouts) : nothing;
    }

    private async batch(): Promise<void> {
        if ((await this.desk.ask(makeBatch(this.desk))) !== undefined) location.hash = hrefOf(['batches']);
    }

    private list(payouts: Pages<Payout>): TemplateResult {
        const { has } = this.stage;
        return table<Payout>({
            caption: this.stage.label,
            columns: [
                id('Payout', (row) => row.payoutId, 'payouts'),
                id('Creator', (row) => row.creatorId, 'creators'),
                ...(this.stage.status === undefined ? [chip('Status', (row: Payout) => row.status)] : []),
                { label: 'What to do', kind: 'acts', cell: (row) => payoutButtons(row, this.desk, (question) => this.act(question)) },
                instant('Requested', (row) => row.requestedAt),
                amount('Diamonds', (row) => row.diamonds),
                money('Amount', (row) => row.amount),
                money('To the bank', (row) => row.net),
            ],
            rows: has ? payouts.rows.filter(has) : payouts.rows,
            empty: 'No payout is at this stage.',
            more: this.more(payouts, (pages) => (this.payouts = pages)),
        });
    }
}
