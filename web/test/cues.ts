import type { Cue } from '../src/cue/cue';

/** A cue with the given fields, the rest plain. */
export function cue(fields: Partial<Cue> & { giftSendId: string }): Cue {
    return {
        giftSendIds: [fields.giftSendId],
        giftId: 'rocket',
        giftName: 'Rocket',
        animationUrl: '/gifts/rocket.webp',
        tier: 1,
        quantity: 1,
        comboId: `combo-of-${fields.giftSendId}`,
        comboCount: 1,
        viewerId: 'ana',
        viewerName: 'Ana',
        coins: 1,
        sentAt: '2026-11-22T12:00:00Z',
        ptsMs: 0,
        ...fields,
    };
}

/** Random numbers that come out the same for a seed (mulberry32). */
export function seeded(seed: number): () => number {
    let state = seed >>> 0;
    return () => {
        state = (state + 0x6d2b79f5) >>> 0;
        let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
        mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
    };
}
