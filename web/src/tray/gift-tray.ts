import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { grouped } from '../api/problem';
import type { Gift } from '../api/types';
import { shared } from '../look/shared';
import { giftsToShow, tabs } from './gift-filter';
import type { Combo } from './gift-sender';
import { trayStyles } from './gift-tray-styles';

const quantities = [1, 5, 10, 66, 99, 520, 1_314];

export interface SendDetail {
    gift: Gift;
    quantity: number;
}

/** The tray of gifts: tabs, search, the gifts, how many, and the button that sends. Fires `send-gift` and `buy-coins`. */
@customElement('gift-tray')
export class GiftTray extends LitElement {
    static override styles = [shared, trayStyles];

    @property({ attribute: false }) gifts: readonly Gift[] = [];
    @property({ attribute: false }) spendable: number | undefined;
    @property({ attribute: false }) combo: Combo | undefined;
    @property({ type: Boolean }) sending = false;
    /** Why nothing can be sent now; empty when it can. */
    @property() closed = '';

    @state() private tier = 0;
    @state() private search = '';
    @state() private selectedId: string | undefined;
    @state() private lively: string | undefined;
    @state() private quantity = 1;
    /** The gift that the Tab key reaches; arrow keys go on from there. */
    @state() private cursorId: string | undefined;

    private readonly calm = matchMedia('(prefers-reduced-motion: reduce)');

    private get selected(): Gift | undefined {
        return this.gifts.find((gift) => gift.giftId === this.selectedId);
    }

    protected override render(): TemplateResult {
        return html`
            <section class="tray" data-testid="gift-tray" aria-label="Gifts">
                <div class="top">
                    <div class="tabs" role="tablist" aria-label="Gifts by price" @keydown=${this.onTabKey}>
                        ${tabs.map((tab) => html`<button role="tab" id="tab-${tab.tier}" aria-selected=${this.tier === tab.tier} aria-controls="gifts"
                            tabindex=${this.tier === tab.tier ? 0 : -1} class="tab t${tab.tier}" @click=${() => this.openTab(tab.tier)}>${tab.name}</button>`)}
                    </div>
                    <input type="search" placeholder="Search gifts" aria-label="Search gifts" .value=${this.search} @input=${(e: InputEvent) => (this.search = (e.target as HTMLInputElement).value)} />
                </div>
                <div class="gifts" id="gifts" role="tabpanel" aria-labelledby="tab-${this.tier}" @keydown=${this.onGridKey}>${this.grid()}</div>
                ${this.bar()}
            </section>
        `;
    }

    private grid(): TemplateResult {
        const shown = giftsToShow(this.gifts, this.tier, this.search);
        if (this.gifts.length === 0) return html`<p class="none">Loading gifts …</p>`;
        if (shown.length === 0) return html`<p class="none">No gift called “${this.search}” here. Try another word or tab.</p>`;
        const cursor = shown.find((gift) => gift.giftId === this.cursorId) ?? shown[0];
        return html`${repeat(shown, (gift) => gift.giftId, (gift) => this.gift(gift, gift === cursor))}`;
    }

    private gift(gift: Gift, reachable: boolean): TemplateResult {
        const selected = gift.giftId === this.selectedId;
        const lively = !this.calm.matches && (selected || gift.giftId === this.lively);
        const wake = () => (this.lively = gift.giftId);
        const focus = () => (this.lively = this.cursorId = gift.giftId);
        const sleep = () => (this.lively = this.lively === gift.giftId ? undefined : this.lively);
        return html`<button class="gift t${gift.tier}" data-testid="gift-${gift.giftId}" tabindex=${reachable ? 0 : -1} aria-pressed=${selected} aria-label="${gift.name}, ${inCoins(gift.coins)}"
            @click=${() => (this.selectedId = gift.giftId)} @pointerenter=${wake} @pointerleave=${sleep} @focus=${focus} @blur=${sleep}>
            <img src=${lively ? gift.animationUrl : gift.thumbnailUrl} width="56" height="56" alt="" loading="lazy" decoding="async" />
            <span class="name">${gift.name}</span>
            <span class="price"><i class="coin"></i>${grouped(gift.coins)}</span>
        </button>`;
    }

    private bar(): TemplateResult {
        const gift = this.selected;
        const cost = gift === undefined ? 0 : gift.coins * this.quantity;
        const short = this.spendable !== undefined && cost > this.spendable;
        const combo = this.combo !== undefined && this.combo.giftId === gift?.giftId ? this.combo : undefined;
        return html`<div class="bar">
            <div class="purse">
                <span class="balance"><i class="coin"></i><b data-testid="balance" aria-label="Your coins">${this.spendable === undefined ? '–' : grouped(this.spendable)}</b></span>
                <button class="button small ${short || this.spendable === 0 ? 'party' : ''}" data-testid="buy-coins" ?disabled=${this.spendable === undefined} @click=${() => this.dispatchEvent(new CustomEvent('buy-coins'))}>Get coins</button>
            </div>
            ${this.closed !== ''
                ? html`<p class="closed" role="status">${this.closed}</p>`
                : html`<div class="order">
                      <label class="many"><span class="hidden-words">How many</span>
                          <select .value=${String(this.quantity)} @change=${(e: Event) => (this.quantity = Number((e.target as HTMLSelectElement).value))}>
                              ${quantities.map((n) => html`<option value=${n} ?selected=${n === this.quantity}>× ${grouped(n)}</option>`)}
                          </select>
                      </label>
                      <button class="button party send ${combo ? 'combo' : ''}" data-testid="send-gift" ?disabled=${gift === undefined || this.spendable === undefined}
                          aria-busy=${this.sending} @click=${() => this.send()}>
                          ${gift === undefined ? 'Choose a gift' : this.sendWords(combo, cost)}
                          ${combo ? html`<span class="ring" style="--bump:${combo.count}"></span>` : nothing}
                      </button>
                  </div>`}
            ${short && this.closed === '' ? html`<p class="short">${gift!.name}${this.quantity > 1 ? ` × ${grouped(this.quantity)}` : ''} costs ${inCoins(cost)}; you have ${grouped(this.spendable ?? 0)}.</p>` : nothing}
        </div>`;
    }

    private sendWords(combo: Combo | undefined, cost: number): TemplateResult {
        const price = html`<span class="cost"><i class="coin"></i>${grouped(cost)}</span>`;
        return combo ? html`Combo ×${grouped(combo.count)} ${price}` : html`Send ${price}`;
    }

    private send(): void {
        const gift = this.selected;
        if (gift === undefined) return;
        this.dispatchEvent(new CustomEvent<SendDetail>('send-gift', { detail: { gift, quantity: this.quantity } }));
    }

    private openTab(tier: number): void {
        this.tier = tier;
        this.renderRoot.querySelector('.gifts')?.scrollTo({ top: 0 });
    }

    /** Arrow keys go from gift to gift, as the eye sees them. */
    private onGridKey(event: KeyboardEvent): void {
        const all = [...this.renderRoot.querySelectorAll<HTMLElement>('.gift')];
        const at = all.indexOf(event.target as HTMLElement);
        if (at < 0) return;
        const columns = Math.max(1, all.findIndex((one) => one.offsetTop > all[0]!.offsetTop));
        const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key];
        const to = event.key === 'Home' ? 0 : event.key === 'End' ? all.length - 1 : step === undefined ? -1 : at + step;
        if (all[to] === undefined) return;
        event.preventDefault();
        all[to].focus();
    }

    private onTabKey(event: KeyboardEvent): void {
        const at = tabs.findIndex((tab) => tab.tier === this.tier);
        const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
        if (to === undefined) return;
        event.preventDefault();
        const tab = tabs[(to + tabs.length) % tabs.length]!;
        this.openTab(tab.tier);
        void this.updateComplete.then(() => (this.renderRoot.querySelector(`#tab-${tab.tier}`) as HTMLElement).focus());
    }
}

export function inCoins(coins: number): string {
    return coins === 1 ? '1 coin' : `${grouped(coins)} coins`;
}

declare global {
    interface HTMLElementTagNameMap {
        'gift-tray': GiftTray;
    }
}
