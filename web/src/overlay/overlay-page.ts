import { LitElement, css, html, type TemplateResult } from 'lit';
import { customElement, query } from 'lit/decorators.js';
import { ApiClient } from '../api/client';
import { Session } from '../api/session';
import type { Gift, Live } from '../api/types';
import { GiftEvents } from '../cue/gift-events';
import { CueSchedule } from '../cue/schedule';
import { LiveFeed } from '../live/live-feed';
import { liveIdOf } from '../live/live-id';
import { PlayAccess } from '../live/play-access';
import '../stage/gift-stage';
import type { GiftStage } from '../stage/gift-stage';

/** The transparent page for an OBS browser source: each gift as it arrives, and nothing else. */
@customElement('confetti-overlay')
export class OverlayPage extends LitElement {
    static override styles = css`
        :host { position: fixed; inset: 0; display: block; }
    `;

    @query('confetti-stage') private readonly stage!: GiftStage;
    private readonly api = new ApiClient({ session: new Session(sessionStorage) });
    private readonly access = new PlayAccess(this.api, () => this.listen(), new URLSearchParams(location.search).get('playToken'));
    private readonly seen = new CueSchedule();
    private feed: LiveFeed | undefined;
    private giftEvents: GiftEvents | undefined;
    private giftsUrl: string | undefined;

    protected override firstUpdated(): void {
        const liveId = liveIdOf(location.pathname, 'overlay');
        if (liveId === undefined) {
            console.error(`confetti: ${location.pathname} names no live; expected /overlay/{liveId}`);
            return;
        }
        void this.loadDurations();
        this.feed = new LiveFeed(
            liveId,
            this.api,
            (live) => this.show(live),
            () => console.warn(`confetti: no live ${liveId}; trying again`),
        );
    }

    override disconnectedCallback(): void {
        super.disconnectedCallback();
        this.feed?.close();
        this.giftEvents?.close();
    }

    private show(live: Live): void {
        this.access.take(live);
        this.listen();
    }

    private listen(): void {
        if (this.access.problem) console.warn(`confetti: no play token, ${this.access.problem.message}`);
        const url = this.access.urls.gifts;
        if (url === undefined || url === this.giftsUrl) return;
        this.giftsUrl = url;
        this.giftEvents?.close();
        this.giftEvents = new GiftEvents(url, (cue) => {
            if (this.seen.remember(cue)) this.stage.show(cue);
        });
    }

    private async loadDurations(): Promise<void> {
        try {
            const { gifts } = await this.api.read<{ gifts: Gift[] }>('/v1/gifts');
            this.stage.durationsMs = new Map(gifts.map((gift) => [gift.giftId, gift.durationMs]));
        } catch {
            // the stages have lengths of their own
        }
    }

    protected override render(): TemplateResult {
        return html`<confetti-stage clear></confetti-stage>`;
    }
}

declare global {
    interface HTMLElementTagNameMap {
        'confetti-overlay': OverlayPage;
    }
}
