import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Board } from '../src/api/types';
import { BoardFeed } from '../src/board/board-feed';

class SilentSource {
    static readonly CLOSED = 2;
    static open: SilentSource[] = [];
    readyState = 0;
    constructor(readonly url: string) {
        SilentSource.open.push(this);
    }
    addEventListener(): void {}
    close(): void {
        this.readyState = SilentSource.CLOSED;
    }
}

afterEach(() => {
    vi.unstubAllGlobals();
    SilentSource.open = [];
});

function feed(answer: Response) {
    vi.stubGlobal('EventSource', SilentSource);
    vi.stubGlobal('fetch', () => Promise.resolve(answer));
    return new Promise<Board | 'off'>((done) => new BoardFeed('/v1/leaderboards/live/l', done, () => done('off')));
}

describe('the feed of a board', () => {
    it('shows what it reads first', async () => {
        const board = { board: 'live/l', standings: [] };
        expect(await feed(new Response(JSON.stringify(board)))).toEqual(board);
    });

    it('ends where boards are switched off', async () => {
        expect(await feed(new Response('{}', { status: 403 }))).toBe('off');
        expect(SilentSource.open.map((source) => source.readyState)).toEqual([SilentSource.CLOSED]);
    });
});
