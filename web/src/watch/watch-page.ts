import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { ApiClient } from '../api/client';
import { grouped, ProblemError, UnreachableError } from '../api/problem';
import { Session, SignInNotConfiguredError, newKey } from '../api/session';
import type { Gift, GiftSent, Live, Wallet } from '../api/types';
import '../board/top-gifters';
import { liveIdOf } from '../live/live-id';
import { LiveFeed } from '../live/live-feed';
import { noticeOf, noticeOfNoAccess } from '../live/live-notice';
import { PlayAccess } from '../live/play-access';
import { icon } from '../look/icons';
import { shared } from '../look/shared';
import '../look/site-header';
import '../player/confetti-player';
import type { ConfettiPlayer, ShownCue } from '../player/confetti-player';
import { GiftSender } from '../tray/gift-sender';
import '../tray/gift-tray';
import type { SendDetail } from '../tray/gift-tray';
import '../wallet/buy-dialog';
import type { BuyDialog } from '../wallet/buy-dialog';
import { watchStyles } from './watch-page-styles';

const GIFTS_AGAIN_MS = 3_000;
const MESSAGE_MS = 8_000;

/** The page that plays one live and sends gifts into it. */
@customElement('confetti-watch')
export class WatchPage extends LitElement {
    static override styles = [shared, watchStyles];

    @state() private live: Live | undefined;
    @state() private unknown = false;
    @state() private gifts: readonly Gift[] = [];
    @state() private spendable: number | undefined;
    @state() private closed = '';
    @state() private message = '';
    @state() private canRetry = false;
    @state() private wide = false;
    @query('confetti-player') private readonly player!: ConfettiPlayer | null;
    @query('buy-dialog') private readonly buyDialog!: BuyDialog;

    private readonly session = new Session(localStorage);
    private readonly api = new ApiClient({ session: this.session });
    private readonly liveId = liveIdOf(location.pathname, 'watch');
    private readonly access = new PlayAccess(this.api, () => this.requestUpdate());
    private readonly wideMedia = matchMedia('(min-width: 900px)');
    private durationsMs = new Map<string, number>();
    private feed: LiveFeed | undefined;
    private messageTimer: ReturnType<typeof setTimeout> | undefined;
    private comboTimer: ReturnType<typeof setTimeout> | undefined;
    private readonly sender = new GiftSender(
        this.liveId ?? '',
        this.api,
        {
            sent: (answer) => this.sent(answer),
            failed: (error) => void this.say(error),
            changed: () => this.requestUpdate(),
        },
        newKey,
    );

    override connectedCallback(): void {
        super.connectedCallback();
        this.wide = this.wideMedia.matches;
        this.wideMedia.addEventListener('change', this.onWide);
        this.exposeForMeasuring();
        if (this.liveId === undefined) {
            this.unknown = true;
            return;
        }
        this.feed = new LiveFeed(
            this.liveId,
            this.api,
            (live) => this.show(live),
            () => (this.unknown = this.live === undefined),
        );
        void this.loadGifts();
        void this.loadWallet();
    }

    override disconnectedCallback(): void {
        super.disconnectedCallback();
        this.wideMedia.removeEventListener('change', this.onWide);
        this.feed?.close();
    }

    private readonly onWide = () => (this.wide = this.wideMedia.matches);

    /** What tests and measurements read. */
    private exposeForMeasuring(): void {
        const page = this;
        window.confetti = {
            latencyMs: () => page.player?.latencyMs() ?? NaN,
            get shownCues() {
                return page.player?.shownCues ?? [];
            },
        };
    }

    private show(live: Live): void {
        this.unknown = false;
        this.live = live;
        this.access.take(live);
        document.title = `${live.title} · ${live.creatorName} · Confetti`;
    }

    private async loadGifts(): Promise<void> {
        try {
            const { gifts } = await this.api.read<{ gifts: Gift[] }>('/v1/gifts');
            this.gifts = [...gifts].sort((a, b) => a.coins - b.coins || a.name.localeCompare(b.name));
            this.durationsMs = new Map(gifts.map((gift) => [gift.giftId, gift.durationMs]));
        } catch {
            setTimeout(() => void this.loadGifts(), GIFTS_AGAIN_MS);
        }
    }

    private async loadWallet(): Promise<void> {
        try {
            const wallet = await this.api.readMine<Wallet>('/v1/wallet');
            this.spendable = wallet.spendable;
            this.closed = wallet.blocked ? 'Your wallet is blocked, so it cannot send gifts. Please ask support.' : '';
        } catch (error) {
            if (error instanceof SignInNotConfiguredError) this.closed = error.message;
            else await this.say(error);
        }
    }

    private sent(answer: GiftSent): void {
        this.spendable = answer.spendable;
        this.message = '';
        clearTimeout(this.comboTimer);
        const combo = this.sender.combo;
        if (combo !== undefined) {
            this.comboTimer = setTimeout(() => {
                if (this.sender.combo === combo) this.sender.combo = undefined;
                this.requestUpdate();
            }, combo.untilMs - Date.now());
        }
        this.requestUpdate();
    }

    private async say(error: unknown): Promise<void> {
        this.message = error instanceof Error ? error.message : String(error);
        this.canRetry = this.sender.hasUnanswered && error instanceof UnreachableError;
        clearTimeout(this.messageTimer);
        // what was refused for want of coins says what there is; the rest stays until it is out of date
        if (error instanceof ProblemError && typeof error.problem['spendable'] === 'number') this.spendable = error.problem['spendable'];
        if (!this.canRetry) this.messageTimer = setTimeout(() => (this.message = ''), MESSAGE_MS);
    }

    private retry(): void {
        this.message = '';
        this.canRetry = false;
        this.sender.retry();
    }

    protected override render(): TemplateResult {
        return html`
            <site-header .session=${this.session}></site-header>
            ${this.unknown ? this.lost() : this.page()}
            <buy-dialog .api=${this.api} @bought=${() => this.loadWallet()}></buy-dialog>
        `;
    }

    private lost(): TemplateResult {
        return html`<main class="lost"><h1>No such live</h1><p>This address names no live that exists. It may have been mistyped.</p><a class="button party" href="/">See who is live</a></main>`;
    }

    private page(): TemplateResult {
        const live = this.live;
        const { urls, problem } = this.access;
        const notice = live && (noticeOf(live.state, live.creatorName) ?? (problem && urls.flv === undefined ? noticeOfNoAccess(problem) : undefined));
        const board = html`<top-gifters .liveId=${this.liveId} ?compact=${!this.wide}></top-gifters>`;
        return html`<main>
            <div class="show">
                <confetti-player
                    .src=${urls.flv}
                    .hls=${urls.hls}
                    .gifts=${urls.gifts}
                    .format=${new URLSearchParams(location.search).get('format') ?? undefined}
                    .over=${live?.state === 'ended'}
                    .notice=${notice?.title}
                    .noticeDetail=${notice?.detail}
                    .durationsMs=${this.durationsMs}
                ></confetti-player>
                <div class="about">
                    <div class="title">
                        <h1>${live?.title ?? 'Loading …'}</h1>
                        <p><b>${live?.creatorName}</b>${live?.tags.map((tag) => html` <span class="tag">#${tag}</span>`)}</p>
                    </div>
                    ${live ? html`<div class="facts"><span class="state ${live.state}">${live.state === 'active' ? 'Live' : live.state}</span><span class="viewers" aria-label="${live.viewers} viewers">${icon('eye')} ${grouped(live.viewers)}</span></div>` : nothing}
                </div>
                <div class="board">${board}</div>
            </div>
            <div class="side">
                ${this.message
                    ? html`<div class="message" role="alert" data-testid="error-message"><span>${this.message}</span>${this.canRetry ? html`<button class="button" @click=${this.retry}>Try again</button>` : nothing}</div>`
                    : nothing}
                <gift-tray
                    .gifts=${this.gifts}
                    .spendable=${this.spendable}
                    .combo=${this.sender.combo}
                    .sending=${this.sender.busy}
                    .closed=${this.closed || (live?.state === 'ended' ? 'This live has ended; it takes no more gifts.' : '')}
                    @send-gift=${(event: CustomEvent<SendDetail>) => this.sender.tap(event.detail.gift.giftId, event.detail.quantity)}
                    @buy-coins=${() => this.buyDialog.open()}
                ></gift-tray>
            </div>
        </main>`;
    }
}

declare global {
    interface Window {
        confetti: { latencyMs(): number; readonly shownCues: readonly ShownCue[] };
    }
    interface HTMLElementTagNameMap {
        'confetti-watch': WatchPage;
    }
}
