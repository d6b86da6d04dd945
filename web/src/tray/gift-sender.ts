import type { ApiClient } from '../api/client';
import { UnreachableError } from '../api/problem';
import type { GiftSendRequest, GiftSent } from '../api/types';

export interface SenderEvents {
    sent: (answer: GiftSent, giftId: string) => void;
    /** A refusal, or no answer; what had been tapped meanwhile is not sent. */
    failed: (error: unknown) => void;
    changed: () => void;
}

interface Order {
    giftId: string;
    quantity: number;
    /** Set at the first try, and kept for every further one. */
    key: string;
    comboId?: string;
}

export interface Combo {
    giftId: string;
    comboId: string;
    count: number;
    untilMs: number;
}

const MAX_QUANTITY = 9_999;
/** How long the combo button stays; the server alone decides whether a send still joins. */
export const COMBO_MS = 5_000;

/**
 * Sends gifts one after the other. Taps that come while a send is under way gather into the next one, so that fast fingers make few calls
 * and one combo. A send without an answer is kept, and a further try uses its key, so that it can never be paid twice.
 */
export class GiftSender {
    combo: Combo | undefined;
    private inFlight: Order | undefined;
    private unanswered: Order | undefined;
    private next: Order[] = [];

    constructor(
        private readonly liveId: string,
        private readonly api: Pick<ApiClient, 'writeOnce'>,
        private readonly events: SenderEvents,
        private readonly newKey: () => string,
        private readonly nowMs: () => number = () => Date.now(),
    ) {}

    get busy(): boolean {
        return this.inFlight !== undefined;
    }

    get hasUnanswered(): boolean {
        return this.unanswered !== undefined;
    }

    tap(giftId: string, quantity: number): void {
        const last = this.next.at(-1);
        if (last?.giftId === giftId && last.quantity + quantity <= MAX_QUANTITY) last.quantity += quantity;
        else this.next.push({ giftId, quantity, key: this.newKey() });
        void this.work();
    }

    /** Tries the send without an answer again, with the same key. */
    retry(): void {
        if (this.unanswered === undefined) return;
        this.next.unshift(this.unanswered);
        this.unanswered = undefined;
        void this.work();
    }

    private async work(): Promise<void> {
        if (this.inFlight !== undefined) return;
        for (let order = this.next.shift(); order !== undefined; order = this.next.shift()) {
            this.inFlight = order;
            this.events.changed();
            await this.send(order);
        }
        this.inFlight = undefined;
        this.events.changed();
    }

    private async send(order: Order): Promise<void> {
        if (order.comboId === undefined && this.combo?.giftId === order.giftId && this.combo.untilMs > this.nowMs()) {
            order.comboId = this.combo.comboId;
        }
        const body: GiftSendRequest = { liveId: this.liveId, giftId: order.giftId, quantity: order.quantity };
        if (order.comboId !== undefined) body.comboId = order.comboId;
        try {
            const answer = await this.api.writeOnce<GiftSent>('/v1/gift-sends', body, order.key);
            this.combo = { giftId: order.giftId, comboId: answer.comboId, count: answer.comboCount, untilMs: this.nowMs() + COMBO_MS };
            this.events.sent(answer, order.giftId);
        } catch (error) {
            this.next = [];
            if (error instanceof UnreachableError) this.unanswered = order;
            this.events.failed(error);
        }
    }
}
