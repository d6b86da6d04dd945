/** How a live player keeps close to the newest picture: what to do when it is `behindMs` away from it. */
export type CatchUp = { kind: 'rate'; rate: number } | { kind: 'jump'; backMs: number };

/** Where the player wants to be behind the end of its buffer. */
export const TARGET_BEHIND_MS = 600;
const FAST_FROM_MS = 900;
const JUMP_FROM_MS = 3_000;
const MAX_RATE = 1.25;

/**
 * Close enough: normal speed. A little behind: up to a quarter faster, which is hardly heard. Far behind (a stall, a sleeping tab): jump.
 * Once faster, it stays so down to the target, so that the speed does not flutter.
 */
export function catchUp(behindMs: number, rate: number): CatchUp {
    if (behindMs > JUMP_FROM_MS) return { kind: 'jump', backMs: TARGET_BEHIND_MS };
    if (behindMs > FAST_FROM_MS || (rate > 1 && behindMs > TARGET_BEHIND_MS)) {
        const wanted = 1 + (behindMs - TARGET_BEHIND_MS) / 4_000;
        return { kind: 'rate', rate: Math.min(MAX_RATE, Math.max(1.05, Math.round(wanted * 20) / 20)) };
    }
    return { kind: 'rate', rate: 1 };
}

export interface Span {
    startMs: number;
    endMs: number;
}

/** When the position stands in or before a hole of the buffer: where the newest piece starts. */
export function overTheHole(spans: readonly Span[], positionMs: number): number | undefined {
    const newest = spans.at(-1);
    if (newest === undefined || positionMs >= newest.startMs) return undefined;
    const current = spans.find((span) => positionMs >= span.startMs && positionMs < span.endMs - 50);
    return current === undefined ? newest.startMs : undefined;
}
