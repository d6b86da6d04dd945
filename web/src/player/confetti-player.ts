import { LitElement, css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Cue } from '../cue/cue';
import { GiftEvents } from '../cue/gift-events';
import { CueSchedule } from '../cue/schedule';
import type { GiftStage } from '../stage/gift-stage';
import '../stage/gift-stage';
import { icon } from '../look/icons';
import { shared } from '../look/shared';
import { Backoff } from './backoff';
import { catchUp, overTheHole } from './catch-up';
import { FlvStream } from './flv-stream';
import { HlsStream } from './hls-stream';
import { chooseFormat, hlsAddress, type Format, type LiveStream, type LiveStreamEvents } from './live-stream';
import { NativeHlsStream } from './native-hls-stream';

export interface ShownCue {
    giftSendId: string;
    ptsMs: number;
    shownAtMediaMs: number;
    shownAtEpochMs: number;
}

const CHECK_MS = 250;
/** No progress for so long: gifts come by server-sent events meanwhile, as while the creator is away. */
const QUIET_MS = 2_000;
const MAX_SHOWN = 500;
/** After so many failed connections gifts come by server-sent events, until the video plays again. */
const FAILURES_UNTIL_FALLBACK = 2;

/**
 * `<confetti-player src="http://…/live/{liveId}.flv" gifts="http://…/live/{liveId}/gifts">`: a live video with its gifts over it. Each gift
 * appears at the picture it belongs to. `notice` is shown over the picture, for instance while the creator is away.
 */
@customElement('confetti-player')
export class ConfettiPlayer extends LitElement {
    static override styles = [
        shared,
        css`
            :host { display: block; position: relative; aspect-ratio: 16 / 9; background: #07030f; overflow: hidden; container-type: size; --ink: #fff; --ink-2: #c9bde6; --cyan: #5ce1ff; --line: #ffffff55; --panel-2: #160b30e6; font-family: system-ui, sans-serif; }
            video { position: absolute; inset: 0; width: 100%; height: 100%; object-fit: contain; }
            .notice { position: absolute; inset: 0; display: flex; flex-direction: column; align-items: center; justify-content: center; gap: 0.6rem; padding: 1rem; text-align: center; background: #12062ccc; }
            .notice.beside { inset: auto 0 0 0; padding: 0.5rem 1rem; gap: 0.15rem; }
            @container (max-height: 300px) { .notice.beside span { display: none; } }
            .notice b { font-size: clamp(1rem, 5cqmin, 1.6rem); }
            .notice span { color: var(--ink-2); max-width: 32rem; font-size: clamp(0.85rem, 3cqmin, 1rem); }
            .spinner { width: 38px; height: 38px; border-radius: 50%; border: 4px solid #ffffff2e; border-top-color: #ff5c98; animation: turn 0.9s linear infinite; }
            .controls { position: absolute; left: 10px; right: 10px; top: 10px; display: flex; pointer-events: none; gap: 8px; justify-content: flex-end; }
            confetti-stage { z-index: 1; }
            .controls { z-index: 2; }
            .controls .button { pointer-events: auto; font-size: clamp(0.8rem, 3.4cqmin, 1rem); background: var(--panel-2); backdrop-filter: blur(6px); }
            .round { width: 44px; padding: 0; }
            @keyframes turn { to { transform: rotate(1turn); } }
        `,
    ];

    /** Address of the HTTP-FLV stream. */
    @property() src: string | undefined;
    /** Address of the HLS playlist; by default it is made from `src`. */
    @property() hls: string | undefined;
    /** `hls` to play HLS although FLV could play as well. */
    @property() format: string | undefined;
    /** Address of the gifts as server-sent events: used where the video cannot play. */
    @property() gifts: string | undefined;
    /** Where relative addresses of gift pictures start; by default the page. */
    @property() base: string | undefined;
    /** A notice over the picture, for instance that the creator is away. */
    @property() notice: string | undefined;
    @property({ attribute: 'notice-detail' }) noticeDetail: string | undefined;
    /** The live is over: no more connecting. */
    @property({ type: Boolean }) over = false;

    @state() private muted = true;
    @state() private playing = false;
    /** Pictures come: while the creator is away those of a slate, which the notice must leave to be seen. */
    @state() private flowing = false;
    @state() private needsTap = false;
    @state() private unsupported = false;
    @query('video') private readonly video!: HTMLVideoElement;
    @query('confetti-stage') private readonly stage!: GiftStage;

    readonly shownCues: ShownCue[] = [];
    durationsMs: ReadonlyMap<string, number> = new Map();

    private readonly schedule = new CueSchedule();
    private readonly backoff = new Backoff();
    private stream: LiveStream | undefined;
    private way: Format | undefined;
    private giftEvents: GiftEvents | undefined;
    private reconnectTimer: ReturnType<typeof setTimeout> | undefined;
    private checkTimer: ReturnType<typeof setInterval> | undefined;
    private lastProgressMs = 0;
    private expectedSinceMs = 0;
    private lastEndMs = 0;
    private lastPositionMs = 0;
    private frameLoop = 0;

    /** How far the picture is behind the newest that this player has received; NaN when nothing plays. */
    latencyMs(): number {
        const { buffered, currentTime } = this.video;
        return buffered.length === 0 ? NaN : (buffered.end(buffered.length - 1) - currentTime) * 1_000;
    }

    override disconnectedCallback(): void {
        super.disconnectedCallback();
        this.closeAll();
    }

    override connectedCallback(): void {
        super.connectedCallback();
        if (this.hasUpdated) this.openAll();
    }

    protected override firstUpdated(): void {
        this.stage.onShown = (cue) => this.noteShown(cue);
        if (this.src !== undefined || this.gifts !== undefined) this.openAll();
    }

    protected override updated(changed: PropertyValues<this>): void {
        this.stage.durationsMs = this.durationsMs;
        if (changed.get('notice') && !this.notice && this.reconnectTimer !== undefined) this.connectNow();
        const hadSource = changed.get('src') !== undefined || changed.get('gifts') !== undefined;
        const sourceChanged = changed.has('src') || changed.has('gifts');
        if (changed.has('over') && this.over) this.closeAll();
        else if (this.checkTimer === undefined ? sourceChanged && this.src !== undefined : sourceChanged && hadSource) this.openAll();
    }

    private openAll(): void {
        this.closeAll();
        if (this.over || !this.isConnected) return;
        this.way =
            this.src === undefined
                ? undefined
                : chooseFormat(this.format, {
                      mediaSourceForFlv: FlvStream.supported,
                      mediaSource: HlsStream.supported,
                      nativeHls: NativeHlsStream.supportedBy(this.video),
                  });
        this.unsupported = this.way === undefined;
        if (this.unsupported) this.fallBack();
        else this.connect();
        this.checkTimer = setInterval(() => this.check(), CHECK_MS);
        this.watchFrames();
    }

    private closeAll(): void {
        clearTimeout(this.reconnectTimer);
        this.reconnectTimer = undefined;
        clearInterval(this.checkTimer);
        this.checkTimer = undefined;
        this.frameLoop++;
        this.stream?.close();
        this.stream = undefined;
        this.giftEvents?.close();
        this.giftEvents = undefined;
        this.playing = false;
        this.flowing = false;
    }

    private connect(): void {
        this.reconnectTimer = undefined;
        this.stream?.close();
        for (const cue of this.schedule.drain()) this.stage.show(cue);
        this.lastProgressMs = performance.now();
        this.lastEndMs = 0;
        this.lastPositionMs = 0;
        this.stream = this.openStream({
            cue: (cue, atMs) => this.schedule.add(cue, atMs),
            broken: (reason) => this.reconnect(reason),
        });
        this.play();
    }

    private openStream(events: LiveStreamEvents): LiveStream {
        const hls = this.hls ?? hlsAddress(this.src!);
        if (this.way === 'hls') return new HlsStream(hls, this.video, events);
        if (this.way === 'native-hls') return new NativeHlsStream(hls, this.video, events);
        return new FlvStream(this.src!, this.video, events);
    }

    /** What was waited for is there: no more waiting. */
    private connectNow(): void {
        clearTimeout(this.reconnectTimer);
        this.backoff.reset();
        this.connect();
    }

    private reconnect(reason: string): void {
        console.info(`confetti: reconnecting, ${reason}`);
        clearTimeout(this.reconnectTimer);
        this.playing = false;
        this.reconnectTimer = setTimeout(() => this.connect(), this.backoff.nextMs());
        if (this.backoff.tries >= FAILURES_UNTIL_FALLBACK) this.fallBack();
    }

    private play(): void {
        this.video.muted = this.muted;
        this.video.play().then(
            () => (this.needsTap = false),
            (error: DOMException) => {
                // not allowed without a tap; an abort only means that a reconnect came in between
                if (error.name === 'NotAllowedError') this.needsTap = true;
            },
        );
    }

    /** Gifts still come where the video cannot. */
    private fallBack(): void {
        if (this.giftEvents !== undefined || this.gifts === undefined) return;
        this.giftEvents = new GiftEvents(this.gifts, (cue) => {
            if (this.schedule.remember(cue)) this.stage.show(cue);
        });
    }

    /** Keeps close to the newest picture and notices a stream that gives no more. */
    private check(): void {
        if (this.stream === undefined) return;
        const { video } = this;
        const spans = Array.from({ length: video.buffered.length }, (_, i) => ({
            startMs: video.buffered.start(i) * 1_000,
            endMs: video.buffered.end(i) * 1_000,
        }));
        const positionMs = video.currentTime * 1_000;
        const endMs = spans.at(-1)?.endMs ?? 0;
        const nowMs = performance.now();
        if (endMs > this.lastEndMs && positionMs > this.lastPositionMs) {
            this.lastProgressMs = nowMs;
            this.playing = true;
            this.backoff.reset();
            this.giftEvents?.close();
            this.giftEvents = undefined;
        }
        this.lastEndMs = endMs;
        this.lastPositionMs = positionMs;
        const holeEndMs = overTheHole(spans, positionMs);
        if (!this.stream.keepsUp) {
            if (holeEndMs !== undefined) video.currentTime = holeEndMs / 1_000;
            else if (!video.paused && spans.length > 0) this.catchUp(endMs - positionMs);
        }
        if (document.visibilityState === 'hidden') this.showDue(positionMs);
        this.flowing = this.playing && nowMs - this.lastProgressMs <= QUIET_MS;
        if (nowMs - this.lastProgressMs > QUIET_MS) this.fallBack();
        if (this.notice) this.expectedSinceMs = nowMs; // while a notice stands, nothing has to come
        const waitedMs = nowMs - Math.max(this.lastProgressMs, this.expectedSinceMs);
        if (waitedMs > this.stream.stalledMs && !this.needsTap && this.reconnectTimer === undefined) this.reconnect('nothing new arrives');
        if (video.paused && !this.needsTap && document.visibilityState === 'visible') this.play(); // browsers pause what is not seen
    }

    private catchUp(behindMs: number): void {
        const step = catchUp(behindMs, this.video.playbackRate);
        if (step.kind === 'jump') this.video.currentTime = this.video.buffered.end(this.video.buffered.length - 1) - step.backMs / 1_000;
        else if (this.video.playbackRate !== step.rate) this.video.playbackRate = step.rate;
    }

    /** With each picture, the gifts that belong to it or to one before. */
    private watchFrames(): void {
        const loop = ++this.frameLoop;
        const video = this.video;
        if ('requestVideoFrameCallback' in video) {
            const onFrame = (_: number, frame: VideoFrameCallbackMetadata) => {
                if (loop !== this.frameLoop) return;
                this.showDue(frame.mediaTime * 1_000);
                video.requestVideoFrameCallback(onFrame);
            };
            video.requestVideoFrameCallback(onFrame);
            return;
        }
        const onPaint = () => {
            if (loop !== this.frameLoop) return;
            this.showDue(this.video.currentTime * 1_000);
            requestAnimationFrame(onPaint);
        };
        requestAnimationFrame(onPaint);
    }

    private showDue(mediaMs: number): void {
        for (const cue of this.schedule.due(mediaMs + 1)) this.stage.show(cue); // 1 ms: media times are rounded
    }

    private noteShown(cue: Cue): void {
        this.shownCues.push({
            giftSendId: cue.giftSendId,
            ptsMs: cue.ptsMs,
            shownAtMediaMs: Math.round(this.video.currentTime * 1_000),
            shownAtEpochMs: Date.now(),
        });
        if (this.shownCues.length > MAX_SHOWN) this.shownCues.shift();
    }

    private toggleSound(): void {
        this.muted = !this.muted;
        this.video.muted = this.muted;
        if (this.video.paused) this.play();
    }

    private fullScreen(): void {
        if (document.fullscreenElement === null) void this.requestFullscreen?.();
        else void document.exitFullscreen();
    }

    protected override render(): TemplateResult {
        return html`
            <video data-testid="player-video" playsinline autoplay muted aria-label="Live video"></video>
            ${this.overPicture()}
            <confetti-stage .base=${this.base} ?hidden=${this.over}></confetti-stage>
            <div class="controls">
                ${this.playing
                    ? html`<button class="button ${this.muted ? '' : 'round'}" @click=${this.toggleSound} aria-pressed=${!this.muted}
                          aria-label=${this.muted ? 'Turn sound on' : 'Turn sound off'}>${this.muted ? html`${icon('soundOff')} Tap for sound` : icon('soundOn')}</button>`
                    : nothing}
                <button class="button round" @click=${this.fullScreen} aria-label="Full screen">${icon('wide')}</button>
            </div>
        `;
    }

    private overPicture(): TemplateResult | typeof nothing {
        if (this.notice) return html`<div class="notice ${this.flowing ? 'beside' : ''}" role="status"><b>${this.notice}</b>${this.noticeDetail ? html`<span>${this.noticeDetail}</span>` : nothing}</div>`;
        if (this.unsupported) return html`<div class="notice" role="status"><b>This browser cannot play the live video</b><span>Gifts still appear here. For the picture use a current Chrome, Edge, Firefox or Safari.</span></div>`;
        if (this.needsTap) return html`<div class="notice"><button class="button" @click=${this.play}>${icon('play')} Play</button></div>`;
        if (!this.playing && !this.over) return html`<div class="notice" role="status"><div class="spinner"></div><span>Connecting to the stream …</span></div>`;
        return nothing;
    }
}

declare global {
    interface HTMLElementTagNameMap {
        'confetti-player': ConfettiPlayer;
    }
}
