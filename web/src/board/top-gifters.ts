import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { grouped } from '../api/problem';
import type { Board, Standing } from '../api/types';
import { shared } from '../look/shared';
import { BoardFeed } from './board-feed';
import { nameOn } from './visibility';

/** The live's best gifters, which update by themselves. */
@customElement('top-gifters')
export class TopGifters extends LitElement {
    static override styles = [
        shared,
        css`
            :host { display: block; min-width: 0; }
            h2 { font-size: 0.95rem; margin-bottom: 0.5rem; }
            .none { color: var(--ink-2); font-size: 0.9rem; }
            ol { list-style: none; margin: 0; padding: 0; display: flex; flex-direction: column; gap: 0.3rem; }
            li { display: flex; align-items: center; gap: 0.5rem; padding: 0.3rem 0.6rem; border-radius: 12px; background: var(--panel); font-size: 0.92rem; min-width: 0; }
            li:nth-child(1) { background: linear-gradient(90deg, #6b4a0c, var(--panel)); }
            .rank { width: 1.5rem; text-align: center; color: var(--ink-2); font-variant-numeric: tabular-nums; flex: none; }
            .r1, .r2, .r3 { width: 1.5rem; height: 1.5rem; line-height: 1.5rem; border-radius: 50%; color: #2a1800; font-weight: 850; font-size: 0.8rem; }
            .r1 { background: #ffcf4d; } .r2 { background: #d5dbe8; } .r3 { background: #e8a06a; }
            .name { flex: 1; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font-weight: 600; }
            .name.hidden { font-style: italic; font-weight: 400; color: var(--ink-2); }
            .coins { display: inline-flex; align-items: center; gap: 0.25rem; color: #ffe39b; font-weight: 700; font-variant-numeric: tabular-nums; }
            :host([compact]) h2 { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
            :host([compact]) ol { flex-direction: row; overflow-x: auto; scrollbar-width: none; padding-bottom: 2px; }
            :host([compact]) li { flex: none; max-width: 46vw; }
            :host([compact]) .rank { min-width: 1.5rem; }
            :host(:not([compact])) ol { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); grid-auto-flow: row; gap: 0.35rem; }
        `,
    ];

    @property({ attribute: 'live-id' }) liveId: string | undefined;
    @property({ type: Boolean, reflect: true }) compact = false;
    @state() private standings: readonly Standing[] | undefined;
    @state() private off = false;
    private feed: BoardFeed | undefined;

    override disconnectedCallback(): void {
        super.disconnectedCallback();
        this.feed?.close();
        this.feed = undefined;
    }

    protected override updated(changed: PropertyValues<this>): void {
        if (!changed.has('liveId') || this.liveId === undefined) return;
        this.feed?.close();
        this.off = false;
        this.feed = new BoardFeed(
            `/v1/leaderboards/live/${encodeURIComponent(this.liveId)}?limit=10`,
            (board: Board) => (this.standings = board.standings),
            () => (this.off = true),
        );
    }

    protected override render(): TemplateResult | typeof nothing {
        if (this.off) return nothing;
        const standings = this.standings ?? [];
        return html`<section data-testid="top-gifters" aria-label="Top gifters">
            <h2>Top gifters</h2>
            ${standings.length === 0
                ? html`<p class="none">${this.standings === undefined ? 'Loading …' : 'Nobody yet. The first gift stands first!'}</p>`
                : html`<ol>
                      ${repeat(standings, (one) => one.member || `rank ${one.rank}`, (one) => html`<li data-member=${one.member}>
                          <span class="rank r${one.rank}">${one.rank}</span><span class="name ${one.hidden ? 'hidden' : ''}">${nameOn(one)}</span>
                          ${one.coins === null ? nothing : html`<span class="coins"><i class="coin"></i>${grouped(one.coins)}</span>`}</li>`)}
                  </ol>`}
        </section>`;
    }
}

declare global {
    interface HTMLElementTagNameMap {
        'top-gifters': TopGifters;
    }
}
