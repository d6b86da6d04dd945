import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Board } from '../src/api/types';
import { BoardFeed } from '../src/board/board-feed';
import { applyChanges } from '../src/board/changes';

const line = (rank: number, member: string, coins: number) => ({ rank, member, name: member.toUpperCase(), coins });
const board: Board = { board: 'live/l1', window: 'all', asOf: 'position:7', standings: [line(1, 'a', 9), line(2, 'b', 8), line(3, 'c', 7)] };
const head = { board: 'live/l1', window: 'all', asOf: 'position:8' };

describe('changes of a board', () => {
    it('move a line up and number the others anew', () => {
        expect(applyChanges(board, { ...head, first: 1, removed: [2], standings: [line(1, 'c', 10)] })).toEqual({
            ...head,
            standings: [line(1, 'c', 10), line(2, 'a', 9), line(3, 'b', 8)],
        });
    });

    it('take several lines out by their former indexes and put several in', () => {
        expect(applyChanges(board, { ...head, first: 1, removed: [0, 2], standings: [line(1, 'd', 12), line(3, 'a', 3)] }).standings).toEqual([
            line(1, 'd', 12),
            line(2, 'b', 8),
            line(3, 'a', 3),
        ]);
    });

    it('follow a member down the board, with its place', () => {
        const place = { member: 'b', rank: 6, coins: 8, toNext: 2 };
        const after = applyChanges(board, { ...head, first: 5, removed: [], standings: [], place });
        expect(after.standings.map((one) => one.rank)).toEqual([5, 6, 7]);
        expect(after.place).toEqual(place);
        expect(applyChanges(after, { ...head, first: 5, removed: [], standings: [] })).not.toHaveProperty('place');
    });

    it('empty a board, and leave the former as it was', () => {
        expect(applyChanges(board, { ...head, removed: [0, 1, 2], standings: [] })).toEqual({ ...head, standings: [] });
        expect(board.standings).toHaveLength(3);
        expect(board.asOf).toBe('position:7');
    });
});

describe('a feed', () => {
    afterEach(() => vi.unstubAllGlobals());

    it('applies what is pushed to what was pushed before, not to what was polled', () => {
        const sources: EventTarget[] = [];
        vi.stubGlobal('EventSource', class extends EventTarget {
            constructor() {
                super();
                sources.push(this);
            }
            close(): void {}
        });
        vi.stubGlobal('fetch', () => new Promise(() => {}));
        const seen: Board[] = [];
        const feed = new BoardFeed('/v1/leaderboards/live/l1', (one) => seen.push(one));
        const push = (event: string, data: unknown) => sources[0]?.dispatchEvent(new MessageEvent(event, { data: JSON.stringify(data) }));
        const changes = { ...head, first: 1, removed: [2], standings: [line(3, 'c', 8)] };

        push('changes', changes);
        expect(seen).toEqual([]);
        push('standings', board);
        push('changes', changes);
        expect(seen).toEqual([board, { ...head, standings: [line(1, 'a', 9), line(2, 'b', 8), line(3, 'c', 8)] }]);
        feed.close();
    });
});
