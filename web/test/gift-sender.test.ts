import { describe, expect, it } from 'vitest';
import { ProblemError, UnreachableError } from '../src/api/problem';
import type { GiftSendRequest, GiftSent } from '../src/api/types';
import { GiftSender } from '../src/tray/gift-sender';

interface Call {
    body: GiftSendRequest;
    key: string;
    answer: (sent: Partial<GiftSent>) => Promise<void>;
    fail: (error: Error) => Promise<void>;
}

function bench() {
    const calls: Call[] = [];
    const log: string[] = [];
    let keys = 0;
    const time = { nowMs: 0 };
    const settle = () => new Promise<void>((done) => setImmediate(done));
    const api = {
        writeOnce: <T>(_path: string, body: unknown, key: string) =>
            new Promise<T>((resolve, reject) => {
                calls.push({
                    body: body as GiftSendRequest,
                    key,
                    answer: (sent) => (resolve({ giftSendId: 'g', coins: 1, spendable: 9, comboId: 'c', comboCount: 1, ...sent } as T), settle()),
                    fail: (error) => (reject(error), settle()),
                });
            }),
    };
    const events = {
        sent: (answer: GiftSent) => void log.push(`sent ×${answer.comboCount}`),
        failed: (error: unknown) => void log.push((error as Error).name),
        changed: () => undefined,
    };
    const sender = new GiftSender('live-1', api, events, () => `key-${++keys}`, () => time.nowMs);
    return { sender, calls, log, time };
}

describe('sending gifts', () => {
    it('gathers the taps that come while a send is under way, and joins the combo', async () => {
        const { sender, calls, log } = bench();
        sender.tap('puppy', 1);
        sender.tap('puppy', 1);
        sender.tap('puppy', 1);
        expect(calls.map((call) => call.body)).toEqual([{ liveId: 'live-1', giftId: 'puppy', quantity: 1 }]);
        await calls[0]!.answer({ comboCount: 1 });
        expect(calls[1]!.body).toEqual({ liveId: 'live-1', giftId: 'puppy', quantity: 2, comboId: 'c' });
        expect(calls[1]!.key).not.toBe(calls[0]!.key);
        await calls[1]!.answer({ comboCount: 3 });
        expect(log).toEqual(['sent ×1', 'sent ×3']);
        expect(sender.busy).toBe(false);
    });

    it('starts a new combo for another gift, and after a pause', async () => {
        const { sender, calls, time } = bench();
        sender.tap('puppy', 1);
        await calls[0]!.answer({});
        sender.tap('fox', 1);
        expect(calls[1]!.body.comboId).toBeUndefined();
        await calls[1]!.answer({ comboId: 'd' });
        time.nowMs = 5_000;
        sender.tap('fox', 1);
        expect(calls[2]!.body.comboId).toBeUndefined();
    });

    it('keeps a send without an answer, and tries it again with the same key and content', async () => {
        const { sender, calls, log } = bench();
        sender.tap('rocket', 5);
        sender.tap('rocket', 5);
        await calls[0]!.fail(new UnreachableError());
        expect(calls).toHaveLength(1); // what was tapped meanwhile is not sent behind the viewer's back
        expect(sender.hasUnanswered).toBe(true);
        sender.retry();
        expect(calls[1]).toMatchObject({ key: calls[0]!.key, body: calls[0]!.body });
        await calls[1]!.answer({});
        expect(sender.hasUnanswered).toBe(false);
        expect(log).toEqual(['UnreachableError', 'sent ×1']);
    });

    it('forgets a refused send', async () => {
        const { sender, calls, log } = bench();
        sender.tap('rocket', 1);
        await calls[0]!.fail(new ProblemError(409, { type: 'x/insufficient-coins' }));
        expect(log).toEqual(['ProblemError']);
        expect(sender.hasUnanswered).toBe(false);
        sender.retry();
        expect(calls).toHaveLength(1);
    });

    it('never gathers more than 9,999 into one send', async () => {
        const { sender, calls } = bench();
        sender.tap('ant', 1);
        sender.tap('ant', 9_000);
        sender.tap('ant', 1_000);
        await calls[0]!.answer({});
        expect(calls[1]!.body.quantity).toBe(9_000);
        await calls[1]!.answer({});
        expect(calls[2]!.body.quantity).toBe(1_000);
    });
});
