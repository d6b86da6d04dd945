import { describe, expect, it } from 'vitest';
import { Backoff } from '../src/player/backoff';
import { catchUp, overTheHole } from '../src/player/catch-up';
import { liveIdOf } from '../src/live/live-id';
import { noticeOf } from '../src/live/live-notice';

describe('catching up with the live picture', () => {
    it('plays at normal speed when close, faster when behind, and jumps when far behind', () => {
        expect(catchUp(600, 1)).toEqual({ kind: 'rate', rate: 1 });
        expect(catchUp(900, 1)).toEqual({ kind: 'rate', rate: 1 });
        expect(catchUp(1_000, 1)).toEqual({ kind: 'rate', rate: 1.1 });
        expect(catchUp(2_900, 1)).toEqual({ kind: 'rate', rate: 1.25 });
        expect(catchUp(3_001, 1.25)).toEqual({ kind: 'jump', backMs: 600 });
    });

    it('stays faster down to the target, so that the speed does not flutter', () => {
        expect(catchUp(800, 1.1)).toEqual({ kind: 'rate', rate: 1.05 });
        expect(catchUp(600, 1.05)).toEqual({ kind: 'rate', rate: 1 });
    });

    it('brings a delay of 2.9 s under 1 s within 10 s', () => {
        let behindMs = 2_900;
        let rate = 1;
        for (let tick = 0; tick < 40; tick++) {
            const step = catchUp(behindMs, rate);
            if (step.kind === 'rate') rate = step.rate;
            behindMs -= (rate - 1) * 250;
        }
        expect(behindMs).toBeLessThan(1_000);
    });

    it('goes over a hole in the buffer to its newest piece', () => {
        const spans = [{ startMs: 0, endMs: 5_000 }, { startMs: 9_000, endMs: 10_000 }];
        expect(overTheHole(spans, 4_980)).toBe(9_000);
        expect(overTheHole(spans, 7_000)).toBe(9_000);
        expect(overTheHole(spans, 4_000)).toBeUndefined();
        expect(overTheHole(spans, 9_500)).toBeUndefined();
        expect(overTheHole([{ startMs: 80, endMs: 900 }], 0)).toBe(80);
        expect(overTheHole([], 0)).toBeUndefined();
    });
});

describe('reconnecting', () => {
    it('waits longer each time up to a bound, and short again after success', () => {
        const backoff = new Backoff(400, 8_000, () => 0.5);
        expect([1, 2, 3, 4, 5, 6, 7].map(() => backoff.nextMs())).toEqual([400, 800, 1_600, 3_200, 6_400, 8_000, 8_000]);
        backoff.reset();
        expect(backoff.nextMs()).toBe(400);
    });

    it('spreads viewers over a quarter to either side', () => {
        expect(new Backoff(400, 8_000, () => 0).nextMs()).toBe(300);
        expect(new Backoff(400, 8_000, () => 1).nextMs()).toBe(500);
    });
});

describe('a page of a live', () => {
    it('takes the live from the path, and only an id that can exist', () => {
        expect(liveIdOf('/watch/a_B-9', 'watch')).toBe('a_B-9');
        expect(liveIdOf('/watch/a/', 'watch')).toBe('a');
        for (const path of ['/watch/', '/watch/a/b', '/watch/..%2f', '/overlay/a', `/watch/${'x'.repeat(65)}`]) {
            expect(liveIdOf(path, 'watch'), path).toBeUndefined();
        }
    });

    it('says over the picture what is going on, and nothing while it plays', () => {
        expect(noticeOf('active', 'Ana')).toBeUndefined();
        expect(noticeOf('created', 'Ana')?.title).toBe('Not started yet');
        expect(noticeOf('away', 'Ana')?.title).toBe('Ana is away for a moment');
        expect(noticeOf('ended', 'Ana')?.title).toBe('This live has ended');
    });
});
