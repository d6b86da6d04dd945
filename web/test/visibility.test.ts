import { describe, expect, it } from 'vitest';
import { BoardVisibility, nameOn } from '../src/board/visibility';

function visibility(answers: (boolean | Error)[]) {
    const calls: [string, unknown?][] = [];
    let changes = 0;
    const answer = () => {
        const next = answers.shift();
        return next instanceof Error ? Promise.reject(next) : Promise.resolve({ hidden: next } as never);
    };
    const own = new BoardVisibility(
        {
            readMine: (path) => (calls.push([path]), answer()),
            set: (path, body) => (calls.push([path, body]), answer()),
        },
        () => 'me/1',
        () => changes++,
    );
    return { own, calls, changes: () => changes };
}

describe('the own visibility on boards', () => {
    it('is unknown until the service has answered', async () => {
        const { own, calls } = visibility([true]);
        expect(own.hidden).toBeUndefined();
        const loading = own.load();
        expect(own.busy).toBe(true);
        await loading;
        expect(own.hidden).toBe(true);
        expect(own.busy).toBe(false);
        expect(calls).toEqual([['/v1/people/me%2F1/board-visibility']]);
    });

    it('is set to what was chosen', async () => {
        const { own, calls, changes } = visibility([false, true]);
        await own.load();
        await own.choose(true);
        expect(own.hidden).toBe(true);
        expect(calls[1]).toEqual(['/v1/people/me%2F1/board-visibility', { hidden: true }]);
        expect(changes()).toBe(4);
    });

    it('stays as it was where the service refuses, and says why', async () => {
        const { own } = visibility([false, new Error('no answer'), true]);
        await own.load();
        await own.choose(true);
        expect(own.hidden).toBe(false);
        expect(own.problem).toBe('no answer');
        await own.choose(true);
        expect(own.problem).toBe('');
    });
});

describe('a line of a board', () => {
    it('names who is shown, and says of others that they are hidden', () => {
        expect(nameOn({ rank: 1, member: 'a', name: 'Ann', coins: 5 })).toBe('Ann');
        expect(nameOn({ rank: 2, member: '', name: '', coins: null, hidden: true })).toBe('Hidden');
    });
});
