import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { amountText } from '../desk/amount';
import { table } from '../desk/book-table';
import { faultOf, type Fault } from '../desk/fault';
import { Pages } from '../desk/pages';
import { callOf, hrefOf } from '../desk/route';
import { BookView, faultMessage } from '../desk/view';
import { accountColumns } from '../reports/columns';
import type { AccountRow, Earnings } from '../shapes';
import { holdQuestion } from './payout-acts';

/** One creator: diamonds, accounts, and whether payouts are held. */
@customElement('creator-view')
export class CreatorView extends BookView {
    @state() private earnings: Earnings | undefined;
    @state() private earningsFault: Fault | undefined;
    @state() private accounts: Pages<AccountRow> | undefined;

    private get creatorId(): string {
        return this.route.path[1] ?? '';
    }

    protected async load(): Promise<() => void> {
        let fault: Fault | undefined;
        const [earnings, accounts] = await Promise.all([
            this.desk.api.readMine<Earnings>(callOf(['creators', this.creatorId, 'earnings'])).catch((error: unknown) => void (fault = faultOf(error))),
            Pages.read<AccountRow>(this.desk.api, callOf(['ledger', 'accounts'], { prefix: `creator:${this.creatorId}:` }), 'accounts'),
        ]);
        return () => {
            this.earnings = earnings ?? undefined;
            this.earningsFault = fault;
            this.accounts = accounts;
        };
    }

    protected heading(): string {
        return `Creator ${this.creatorId}`;
    }

    protected content(): TemplateResult {
        return html`<p class="row">
                <a href=${hrefOf(['payouts'], { stage: 'all', creator: this.creatorId })}>Payouts</a>
                <a href=${hrefOf(['entries'], { creator: this.creatorId })}>Entries</a>
                <a href=${hrefOf(['downloads'], { creator: this.creatorId })}>Statements</a>
            </p>
            ${this.earningsFault ? faultMessage(this.earningsFault, this.desk) : nothing} ${this.earnings ? this.money(this.earnings) : nothing}
            ${this.accounts ? table<AccountRow>({ caption: 'Accounts', columns: accountColumns(), rows: this.accounts.rows, empty: 'The ledger knows no such creator.' }) : nothing}`;
    }

    private money({ diamonds, payoutsHeld }: Earnings): TemplateResult {
        return html`<dl>
                <dt>Pending</dt><dd>${amountText(diamonds.pending)} diamonds</dd>
                <dt>Available</dt><dd>${amountText(diamonds.available)} diamonds</dd>
                <dt>Reserved</dt><dd>${amountText(diamonds.reserved)} diamonds</dd>
                <dt>Redeemed</dt><dd>${amountText(diamonds.redeemed)} diamonds</dd>
                <dt>Payouts</dt><dd>${payoutsHeld ? html`<span class="bad">held</span>` : 'not held'}</dd>
            </dl>
            ${this.creatorId === this.desk.me
                ? html`<p class="note">This is you: another person holds and resumes your payouts.</p>`
                : html`<p class="row no-print tools"><button class="button" @click=${() => this.act(holdQuestion(this.creatorId, payoutsHeld, this.desk))}>${payoutsHeld ? 'Resume payouts …' : 'Hold payouts …'}</button></p>`}`;
    }
}
