import { describe, expect, it } from 'vitest';
import type { Live } from '../src/api/types';
import { PlayAccess } from '../src/live/play-access';

const urls = { flv: 'http://m/live/a.flv', hls: 'http://m/live/a/index.m3u8?x=1', gifts: 'http://m/live/a/gifts' };
const live = (playToken: 'required' | 'none', state: Live['state'] = 'active'): Live => ({
    liveId: 'a', title: 'A', tags: [], creatorId: 'c', creatorName: 'C', state, viewers: 0, playUrls: urls, playToken,
});

/** Answers in turn; a string is a token that is good for ten minutes. */
function access(answers: (string | Error)[], given?: string) {
    const seen: string[] = [];
    const clock = { nowMs: Date.parse('2026-01-01T00:00:00Z') };
    let changes = 0;
    const write = <T>(path: string, body?: unknown): Promise<T> => {
        seen.push(`${path} ${JSON.stringify(body)}`);
        const answer = answers.shift() ?? new Error('more calls than answers');
        if (answer instanceof Error) return Promise.reject(answer);
        return Promise.resolve({ token: answer, expiresAt: new Date(clock.nowMs + 600_000).toISOString() } as T);
    };
    const page = new PlayAccess({ write }, () => changes++, given, () => clock.nowMs);
    return { page, seen, clock, changes: () => changes };
}

const settled = () => new Promise((done) => setTimeout(done));

describe('access to a live', () => {
    it('is by the URLs as they are where no token is wanted', async () => {
        const { page, seen } = access([]);
        page.take(live('none'));
        await settled();
        expect(page.urls).toEqual(urls);
        expect(seen).toEqual([]);
    });

    it('is by a token in every URL, asked for once', async () => {
        const { page, seen, changes } = access(['t.o.k']);
        page.take(live('required'));
        page.take(live('required'));
        expect(page.urls).toEqual({});
        await settled();
        expect(changes()).toBe(1);
        expect(page.urls).toEqual({ flv: 'http://m/live/a.flv?token=t.o.k', hls: 'http://m/live/a/index.m3u8?x=1&token=t.o.k', gifts: 'http://m/live/a/gifts?token=t.o.k' });
        page.take(live('required'));
        await settled();
        expect(seen).toEqual(['/v1/lives/a/play-tokens {}']);
    });

    it('is renewed five minutes before the token runs out', async () => {
        const { page, clock } = access(['first', 'second']);
        page.take(live('required'));
        await settled();
        clock.nowMs += 299_000;
        page.take(live('required'));
        await settled();
        expect(page.urls.flv).toBe('http://m/live/a.flv?token=first');
        clock.nowMs += 1_000;
        page.take(live('required'));
        await settled();
        expect(page.urls.flv).toBe('http://m/live/a.flv?token=second');
    });

    it('says why there is none, and asks again ten seconds later', async () => {
        const { page, seen, clock } = access([new Error('no'), 'token']);
        page.take(live('required'));
        await settled();
        expect(page.problem?.message).toBe('no');
        clock.nowMs += 9_000;
        page.take(live('required'));
        expect(seen).toHaveLength(1);
        clock.nowMs += 1_000;
        page.take(live('required'));
        await settled();
        expect(page.problem).toBeUndefined();
        expect(page.urls.gifts).toBe('http://m/live/a/gifts?token=token');
    });

    it('is by the token of the address where there is one', async () => {
        const { page, seen } = access([], 'given');
        page.take(live('required'));
        await settled();
        expect(page.urls.gifts).toBe('http://m/live/a/gifts?token=given');
        expect(seen).toEqual([]);
    });

    it('is not asked for once the live has ended', async () => {
        const { page, seen } = access([]);
        page.take(live('required', 'ended'));
        await settled();
        expect(seen).toEqual([]);
    });
});
