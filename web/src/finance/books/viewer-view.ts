import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { table } from '../desk/book-table';
import { Pages } from '../desk/pages';
import { callOf, hrefOf } from '../desk/route';
import { BookView } from '../desk/view';
import { accountColumns, amount, chip, id, instant, money, text } from '../reports/columns';
import type { AccountRow, StaffPurchase } from '../shapes';

/** One viewer: accounts and purchases. */
@customElement('viewer-view')
export class ViewerView extends BookView {
    @state() private accounts: Pages<AccountRow> | undefined;
    @state() private purchases: Pages<StaffPurchase> | undefined;

    private get viewerId(): string {
        return this.route.path[1] ?? '';
    }

    protected async load(): Promise<() => void> {
        const { api } = this.desk;
        const [accounts, purchases] = await Promise.all([
            Pages.read<AccountRow>(api, callOf(['ledger', 'accounts'], { prefix: `viewer:${this.viewerId}:` }), 'accounts'),
            Pages.read<StaffPurchase>(api, callOf(['coin-purchases'], { viewerId: this.viewerId }), 'purchases'),
        ]);
        return () => {
            this.accounts = accounts;
            this.purchases = purchases;
        };
    }

    protected heading(): string {
        return `Viewer ${this.viewerId}`;
    }

    protected content(): TemplateResult {
        return html`<p class="row">
                <a href=${hrefOf(['entries'], { viewer: this.viewerId })}>Entries</a>
                <a href=${hrefOf(['lots'], { viewer: this.viewerId })}>Coin lots</a>
            </p>
            ${this.accounts ? table<AccountRow>({ caption: 'Accounts', columns: accountColumns(), rows: this.accounts.rows, empty: 'The ledger knows no such viewer.' }) : nothing}
            ${this.purchases ? this.bought(this.purchases) : nothing}`;
    }

    private bought(purchases: Pages<StaffPurchase>): TemplateResult {
        return table<StaffPurchase>({
            caption: 'Purchases',
            columns: [
                id('Purchase', (row) => row.purchaseId, 'purchases'),
                instant('Bought', (row) => row.purchasedAt),
                chip('Status', (row) => row.status),
                text('Provider', (row) => row.provider),
                amount('Coins', (row) => row.coins + row.bonusCoins),
                money('Price', (row) => row.price),
                money('Tax', (row) => row.tax),
            ],
            rows: purchases.rows,
            empty: 'No purchase.',
            more: this.more(purchases, (pages) => (this.purchases = pages)),
        });
    }
}
