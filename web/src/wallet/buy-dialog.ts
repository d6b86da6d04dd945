import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { ApiClient } from '../api/client';
import { UnreachableError, grouped } from '../api/problem';
import { newKey } from '../api/session';
import type { CoinPackage, Purchase } from '../api/types';
import { icon } from '../look/icons';
import { shared } from '../look/shared';
import { inWords } from './money';

/** The dialog that sells coin packages with the sandbox provider. Fires `bought` when the coins are there. */
@customElement('buy-dialog')
export class BuyDialog extends LitElement {
    static override styles = [
        shared,
        css`
            header { display: flex; align-items: center; justify-content: space-between; gap: 1rem; margin-bottom: 0.25rem; }
            .packages { display: grid; grid-template-columns: repeat(auto-fill, minmax(8rem, 1fr)); gap: 0.6rem; margin: 1rem 0 0.75rem; }
            .package { display: flex; flex-direction: column; align-items: center; gap: 0.25rem; padding: 0.9rem 0.5rem; border-radius: 16px; border: 1px solid var(--line); background: var(--panel); cursor: pointer; }
            .package:hover:not(:disabled) { border-color: var(--gold); background: var(--panel-2); }
            .package:disabled { opacity: 0.6; cursor: progress; }
            .package b { font-size: 1.2rem; display: inline-flex; gap: 0.35rem; align-items: center; }
            .bonus { color: var(--mint); font-size: 0.85rem; font-weight: 650; }
            .price { margin-top: 0.3rem; padding: 0.2rem 0.8rem; border-radius: 999px; background: var(--party); color: #2a0715; font-weight: 800; }
            .note { color: var(--ink-2); font-size: 0.86rem; }
        `,
    ];

    @property({ attribute: false }) api!: ApiClient;
    @state() private packages: CoinPackage[] | undefined;
    @state() private buying: string | undefined;
    @state() private problem = '';
    @query('dialog') private readonly dialog!: HTMLDialogElement;
    /** Kept per package until an answer came, so that trying again never buys twice. */
    private readonly keys = new Map<string, string>();

    async open(): Promise<void> {
        this.problem = '';
        this.dialog.showModal();
        try {
            this.packages ??= (await this.api.read<{ packages: CoinPackage[] }>('/v1/coin-packages')).packages;
        } catch (error) {
            this.problem = (error as Error).message;
        }
    }

    private async buy(offer: CoinPackage): Promise<void> {
        const key = this.keys.get(offer.packageId) ?? newKey();
        this.keys.set(offer.packageId, key);
        this.buying = offer.packageId;
        this.problem = '';
        try {
            const purchase = await this.api.writeOnce<Purchase>('/v1/coin-purchases', { packageId: offer.packageId, provider: 'sandbox' }, key);
            this.keys.delete(offer.packageId);
            await this.settled(purchase);
        } catch (error) {
            if (!(error instanceof UnreachableError)) this.keys.delete(offer.packageId);
            this.problem = (error as Error).message;
        } finally {
            this.buying = undefined;
        }
    }

    private async settled(purchase: Purchase): Promise<void> {
        if (purchase.status === 'failed') {
            this.problem = 'The payment failed. Nothing was charged.';
            return;
        }
        this.dispatchEvent(new CustomEvent('bought'));
        if (purchase.status === 'completed') this.dialog.close();
        else this.problem = 'The payment is under way. Your coins come as soon as it is confirmed.';
    }

    protected override render(): TemplateResult {
        return html`<dialog aria-labelledby="title">
            <header><h2 id="title">Get coins</h2><button class="button quiet" @click=${() => this.dialog.close()} aria-label="Close">${icon('close')}</button></header>
            <p class="note">Sandbox: nothing is charged, the coins are for trying out.</p>
            <div class="packages">${this.packages?.map((offer) => this.offer(offer)) ?? nothing}</div>
            ${this.packages === undefined && this.problem === '' ? html`<p class="note">Loading …</p>` : nothing}
            ${this.problem ? html`<p class="message" role="alert" data-testid="error-message">${this.problem}</p>` : nothing}
        </dialog>`;
    }

    private offer(offer: CoinPackage): TemplateResult {
        return html`<button class="package" data-testid="package-${offer.packageId}" ?disabled=${this.buying !== undefined} @click=${() => this.buy(offer)}>
            <b><i class="coin"></i>${grouped(offer.coins)}</b>
            <span class="bonus">${offer.bonusCoins > 0 ? `+ ${grouped(offer.bonusCoins)} bonus` : html`&nbsp;`}</span>
            <span class="price">${this.buying === offer.packageId ? '…' : inWords(offer.price)}</span>
        </button>`;
    }
}

declare global {
    interface HTMLElementTagNameMap {
        'buy-dialog': BuyDialog;
    }
}
