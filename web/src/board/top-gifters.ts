import { LitElement, css, html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { grouped } from '../api/problem';
import type { Board, Standing } from '../api/types';
import { shared } from '../look/shared';
import { BoardFeed } from './board-feed';

const medals = ['🥇', '🥈', '🥉'];

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
            .name { flex: 1; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font-weight: 600; }
            .coins { display: inline-flex; align-items: center; gap: 0.25rem; color: #ffe39b; font-weight: 700; font-variant-numeric: tabular-nums; }
            :host([compact]) h2 { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
            :host([compact]) ol { flex-direction: row; overflow-x: auto; scrollbar-width: none; padding-bottom: 2px; }
            :host([compact]) li { flex: none; max-width: 46vw; }
            :host([compact]) .rank { width: auto; }
        `,
    ];

    @property({ attribute: 'live-id' }) liveId: string | undefined;
    @property({ type: Boolean, reflect: true }) compact = false;
    @state() private standings: readonly Standing[] | undefined;
    private feed: BoardFeed | undefined;

    override disconnectedCallback(): void {
        super.disconnectedCallback();
        this.feed?.close();
        this.feed = undefined;
    }

    protected override updated(changed: PropertyValues<this>): void {
        if (!changed.has('liveId') || this.liveId === undefined) return;
        this.feed?.close();
        this.feed = new BoardFeed(`/v1/leaderboards/live/${encodeURIComponent(this.liveId)}?limit=10`, (board: Board) => {
            this.standings = board.standings;
        });
    }

    protected override render(): TemplateResult {
        const standings = this.standings ?? [];
        return html`<section data-testid="top-gifters" aria-label="Top gifters">
            <h2>Top gifters</h2>
            ${standings.length === 0
                ? html`<p class="none">${this.standings === undefined ? 'Loading …' : 'Nobody yet. The first gift stands first!'}</p>`
                : html`<ol>
                      ${repeat(standings, (one) => one.member, (one) => html`<li data-member=${one.member}>
                          <span class="rank">${medals[one.rank - 1] ?? one.rank}</span><span class="name">${one.name}</span>
                          <span class="coins"><i class="coin"></i>${grouped(one.coins)}</span></li>`)}
                  </ol>`}
        </section>`;
    }
}

declare global {
    interface HTMLElementTagNameMap {
        'top-gifters': TopGifters;
    }
}
