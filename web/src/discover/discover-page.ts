import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { ApiClient } from '../api/client';
import { grouped } from '../api/problem';
import { Session } from '../api/session';
import type { Live } from '../api/types';
import { icon } from '../look/icons';
import { shared } from '../look/shared';
import '../look/site-header';
import { discoverStyles } from './discover-page-styles';

const POLL_MS = 4_000;

/** The first page: who is live now. */
@customElement('confetti-discover')
export class DiscoverPage extends LitElement {
    static override styles = [shared, discoverStyles];

    @state() private lives: readonly Live[] | undefined;
    @state() private problem = '';
    private readonly session = new Session(localStorage);
    private readonly api = new ApiClient({ session: this.session, retryDelaysMs: [] });
    private timer: ReturnType<typeof setTimeout> | undefined;

    override connectedCallback(): void {
        super.connectedCallback();
        void this.poll();
    }

    override disconnectedCallback(): void {
        super.disconnectedCallback();
        clearTimeout(this.timer);
    }

    private async poll(): Promise<void> {
        if (document.visibilityState === 'visible' || this.lives === undefined) {
            try {
                const { lives } = await this.api.read<{ lives: Live[] }>('/v1/lives?state=active');
                this.lives = [...lives].sort((a, b) => b.viewers - a.viewers);
                this.problem = '';
            } catch (error) {
                this.problem = (error as Error).message;
            }
        }
        if (this.isConnected) this.timer = setTimeout(() => void this.poll(), POLL_MS);
    }

    protected override render(): TemplateResult {
        return html`
            <site-header .session=${this.session}></site-header>
            <main>
                <div class="hello">
                    <h1>Watch live. <em>Throw confetti.</em></h1>
                    <p>Send an animated gift, and everybody sees it land in the picture at the same moment.</p>
                </div>
                ${this.problem ? html`<p class="message" role="alert" data-testid="error-message">${this.problem}</p>` : nothing}
                ${this.content()}
            </main>
        `;
    }

    private content(): TemplateResult | typeof nothing {
        if (this.lives === undefined) return this.problem ? nothing : html`<p class="loading" role="status">Looking who is live …</p>`;
        if (this.lives.length === 0) return this.empty();
        return html`<h2>Live now</h2>
            <ul class="cards">${repeat(this.lives, (live) => live.liveId, (live) => html`<li>${this.card(live)}</li>`)}</ul>`;
    }

    private card(live: Live): TemplateResult {
        return html`<a class="card" data-testid="live-card" href="/watch/${live.liveId}" style="--hue:${hueOf(live.creatorId || live.liveId)}">
            <span class="cover">
                <span class="badge ${live.state}">${live.state === 'away' ? 'Away' : 'Live'}</span>
                <span class="viewers">${icon('eye')} ${grouped(live.viewers)}<span class="hidden-words"> viewers</span></span>
                <span class="letter" aria-hidden="true">${Array.from(live.creatorName)[0] ?? '♥'}</span>
            </span>
            <span class="words">
                <b>${live.title}</b>
                <span class="creator">${live.creatorName}</span>
                ${live.tags.length > 0 ? html`<span class="tags">${live.tags.slice(0, 4).map((tag) => html`<span>#${tag}</span>`)}</span>` : nothing}
            </span>
        </a>`;
    }

    private empty(): TemplateResult {
        const host = location.hostname;
        return html`<section class="empty">
            <img src="/gifts/party-popper.webp" alt="" width="128" height="128" />
            <h2>Nobody is live yet. Be the first!</h2>
            <ol>
                <li>Create a live as a creator: <code>POST /v1/lives</code> answers with its <code>liveId</code>, <code>rtmpUrl</code> and <code>streamKey</code>.</li>
                <li>In OBS, choose “Custom” under Stream. Server: <code>rtmp://${host}:1935/live</code>, stream key: <code>{liveId}?key={streamKey}</code></li>
                <li>Or with ffmpeg: <code>ffmpeg -re -i my.mp4 -c copy -f flv "rtmp://${host}:1935/live/{liveId}?key={streamKey}"</code></li>
            </ol>
            <p>This page shows the live as soon as it starts.</p>
        </section>`;
    }
}

/** A colour that stays the same for a creator. */
function hueOf(id: string): number {
    let hue = 0;
    for (let i = 0; i < id.length; i++) hue = (hue * 31 + id.charCodeAt(i)) % 360;
    return (hue * 137) % 360;
}

declare global {
    interface HTMLElementTagNameMap {
        'confetti-discover': DiscoverPage;
    }
}
