import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Cue } from '../cue/cue';
import { Stage, type Act } from './stage';
import { stageStyles } from './gift-stage-styles';

const TICK_MS = 100;
const SAY_EVERY_MS = 4_000;
const CONFETTI_PIECES = Array.from({ length: 26 }, (_, i) => i);

/** Shows gifts over a picture: cards at the side, medium gifts in the middle, large ones over everything. Calm where motion is not wanted. */
@customElement('confetti-stage')
export class GiftStage extends LitElement {
    static override styles = stageStyles;

    /** Where relative addresses of animations start; by default the page. */
    @property() base: string | undefined;
    /** No darkening behind large gifts, for a page whose background is the stream itself. */
    @property({ type: Boolean }) clear = false;
    @state() private said = '';
    /** Lengths of the catalogue's animations, where they are known. */
    durationsMs: ReadonlyMap<string, number> = new Map();
    /** Called when a cue becomes visible. */
    onShown: (cue: Cue) => void = () => undefined;

    private readonly calm = matchMedia('(prefers-reduced-motion: reduce)');
    private readonly onCalmChange = () => this.requestUpdate();
    private readonly stage = new Stage(
        (cue) => this.shown(cue),
        (giftId) => this.durationsMs.get(giftId),
    );
    private timer: ReturnType<typeof setInterval> | undefined;
    private lastSaidMs = -SAY_EVERY_MS;

    override connectedCallback(): void {
        super.connectedCallback();
        this.calm.addEventListener('change', this.onCalmChange);
        if (!this.stage.idle) this.startTimer();
    }

    override disconnectedCallback(): void {
        super.disconnectedCallback();
        this.calm.removeEventListener('change', this.onCalmChange);
        this.stopTimer();
    }

    show(cue: Cue): void {
        this.stage.offer(cue, performance.now());
        this.requestUpdate();
        this.startTimer();
    }

    private startTimer(): void {
        this.timer ??= setInterval(() => {
            if (this.stage.tick(performance.now())) this.requestUpdate();
            if (this.stage.idle) this.stopTimer();
        }, TICK_MS);
    }

    private stopTimer(): void {
        clearInterval(this.timer);
        this.timer = undefined;
    }

    private shown(cue: Cue): void {
        this.onShown(cue);
        const nowMs = performance.now();
        if (nowMs - this.lastSaidMs < SAY_EVERY_MS) return; // a screen reader must not drown in gifts
        this.lastSaidMs = nowMs;
        this.said = `${cue.viewerName} sent ${cue.giftName}${cue.comboCount > 1 ? ` times ${cue.comboCount}` : ''}`;
    }

    protected override render(): TemplateResult {
        const large = this.stage.acts('large');
        const calm = this.calm.matches;
        return html`
            <div class="stage ${calm ? 'calm' : ''} ${this.clear ? 'clear' : ''}">
                <div class="large-lane">${repeat(large, (act) => act.key, (act) => this.largeAct(act, calm))}</div>
                <div class="medium-lane">${repeat(this.stage.acts('medium'), (act) => act.key, (act) => this.mediumAct(act))}</div>
                <div class="small-lane">${repeat(this.stage.acts('small'), (act) => act.key, (act) => this.smallAct(act))}</div>
            </div>
            <div class="hidden-words" role="status" aria-live="polite">${this.said}</div>
        `;
    }

    private smallAct(act: Act): TemplateResult {
        return html`<div class="act small tier-${act.cue.tier}" data-testid="gift-animation" data-gift-id=${act.cue.giftId} data-gift-send-id=${act.cue.giftSendId}>
            <div class="words"><b>${act.cue.viewerName}</b><span>sent ${act.cue.giftName}</span></div>
            ${this.picture(act, 64)}${this.count(act)}
        </div>`;
    }

    private mediumAct(act: Act): TemplateResult {
        return html`<div class="act medium" data-testid="gift-animation" data-gift-id=${act.cue.giftId} data-gift-send-id=${act.cue.giftSendId}>
            <div class="glow"></div>
            ${this.picture(act, 208)}
            <div class="banner"><b>${act.cue.viewerName}</b> sent ${act.cue.giftName} ${this.count(act)}</div>
        </div>`;
    }

    private largeAct(act: Act, calm: boolean): TemplateResult {
        const top = act.cue.tier >= 5;
        const pieces = calm ? [] : top ? CONFETTI_PIECES : CONFETTI_PIECES.slice(0, 12);
        return html`<div class="act large tier-${act.cue.tier}" data-testid="gift-animation" data-gift-id=${act.cue.giftId} data-gift-send-id=${act.cue.giftSendId}>
            <div class="veil"></div>
            <div class="rays"></div>
            ${pieces.map((i) => html`<i class="piece" style="--i:${i};--x:${(i * 37) % 100};--d:${((i * 53) % 100) / 60}s;--h:${(i * 67) % 360}"></i>`)}
            <div class="hero">${this.picture(act, 256)}</div>
            <div class="banner"><b>${act.cue.viewerName}</b> sent <em>${act.cue.giftName}</em> ${this.count(act)}</div>
        </div>`;
    }

    private picture(act: Act, px: number): TemplateResult {
        return html`<img src=${this.address(act.cue)} width=${px} height=${px} alt="" decoding="async" />`;
    }

    private count(act: Act): TemplateResult | typeof nothing {
        if (act.count <= 1) return nothing;
        // keyed by the bumps, so that each tick of the count plays its little jump anew
        return html`${repeat([act.bumps], (bumps) => bumps, () => html`<span class="count">×${act.count.toLocaleString('en-US')}</span>`)}`;
    }

    private address(cue: Cue): string {
        const still = this.calm.matches ? cue.animationUrl.replace(/\.webp$/, '-thumb.webp') : cue.animationUrl;
        return this.base === undefined ? still : new URL(still, this.base).href;
    }
}

declare global {
    interface HTMLElementTagNameMap {
        'confetti-stage': GiftStage;
    }
}
