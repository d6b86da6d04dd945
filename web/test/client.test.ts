import { describe, expect, it } from 'vitest';
import { ApiClient } from '../src/api/client';
import { ProblemError, UnreachableError } from '../src/api/problem';
import { Session, SignInNotConfiguredError } from '../src/api/session';

type Answer = Response | 'no answer';
interface Seen {
    path: string;
    method: string | undefined;
    key: string | null;
    token: string | null;
    body: string;
    type: string | null;
}

const ok = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });
const noFetch: typeof fetch = () => Promise.reject(new Error('not expected'));

function storage(entries: Record<string, string> = {}): Storage {
    const map = new Map(Object.entries(entries));
    return {
        getItem: (key: string) => map.get(key) ?? null,
        setItem: (key: string, value: string) => void map.set(key, value),
        removeItem: (key: string) => void map.delete(key),
    } as Storage;
}

function scripted(answers: Answer[]) {
    const seen: Seen[] = [];
    const fake: typeof fetch = (input, init) => {
        const headers = new Headers(init?.headers);
        seen.push({ path: String(input), method: init?.method, key: headers.get('Idempotency-Key'), token: headers.get('Authorization'), body: String(init?.body), type: headers.get('Content-Type') });
        const answer = answers.shift();
        if (answer === undefined) throw new Error('more calls than answers');
        return answer === 'no answer' ? Promise.reject(new TypeError('fetch failed')) : Promise.resolve(answer);
    };
    return { fake, seen };
}

function client(answers: Answer[], tokens: typeof fetch = noFetch) {
    const { fake, seen } = scripted(answers);
    const waits: number[] = [];
    const session = new Session(storage({ 'confetti.token': 'first' }), tokens, () => ({ sub: 'guest-1', name: 'Guest' }));
    const wait = (ms: number) => Promise.resolve(void waits.push(ms));
    return { api: new ApiClient({ session, fetch: fake, wait, retryDelaysMs: [300, 1_000] }), seen, waits };
}

describe('a write without a key', () => {
    it('is tried once, since it might have had its effect', async () => {
        const { api, seen } = client(['no answer']);
        await expect(api.write('/v1/payouts/p/approve')).rejects.toBeInstanceOf(UnreachableError);
        expect(seen).toMatchObject([{ key: null, token: 'Bearer first', type: null }]);
    });
});

describe('a setting', () => {
    it('is put, with the token, and tried again when no answer came', async () => {
        const { api, seen } = client(['no answer', ok({ hidden: true })]);
        expect(await api.set('/v1/people/me/board-visibility', { hidden: true })).toEqual({ hidden: true });
        expect(seen.map((one) => [one.method, one.token, one.body])).toEqual([
            ['PUT', 'Bearer first', '{"hidden":true}'],
            ['PUT', 'Bearer first', '{"hidden":true}'],
        ]);
    });
});

describe('a file', () => {
    it('is handed in as it is, with the type that it has', async () => {
        const { api, seen } = client([ok({ settlements: [] }, 201)]);
        await api.upload('/v1/provider-settlements/sandbox', new Blob(['a,b']), 'text/csv');
        expect(seen).toMatchObject([{ type: 'text/csv', token: 'Bearer first' }]);
    });

    it('is read with the token, and a refusal in its place is a problem', async () => {
        const { api, seen } = client([new Response('a,b'), ok({ detail: 'from "x"' }, 400)]);
        expect(await (await api.open('/v1/ledger/export', new AbortController().signal)).text()).toBe('a,b');
        await expect(api.open('/v1/ledger/export?from=x', new AbortController().signal)).rejects.toMatchObject({ status: 400, problem: { detail: 'from "x"' } });
        expect(seen[0]?.token).toBe('Bearer first');
    });
});

describe('a write with a key', () => {
    it('is tried again with the same key when no answer came or a gateway failed', async () => {
        const { api, seen, waits } = client(['no answer', ok({}, 503), ok({ giftSendId: 'g' }, 201)]);
        expect(await api.writeOnce('/v1/gift-sends', { quantity: 1 }, 'key-1')).toEqual({ giftSendId: 'g' });
        expect(seen.map((one) => one.key)).toEqual(['key-1', 'key-1', 'key-1']);
        expect(new Set(seen.map((one) => one.body))).toEqual(new Set(['{"quantity":1}']));
        expect(waits).toEqual([300, 1_000]);
    });

    it('fails as unreachable when no answer ever came', async () => {
        const { api, seen } = client(['no answer', 'no answer', 'no answer']);
        await expect(api.writeOnce('/v1/gift-sends', {}, 'k')).rejects.toBeInstanceOf(UnreachableError);
        expect(seen).toHaveLength(3);
    });

    it('is not tried again after a refusal', async () => {
        const { api, seen } = client([ok({ type: 'https://x/insufficient-coins', spendable: 2, needed: 5 }, 409)]);
        const refused = await api.writeOnce('/v1/gift-sends', {}, 'k').catch((error: unknown) => error);
        expect(refused).toBeInstanceOf(ProblemError);
        expect((refused as ProblemError).kind).toBe('insufficient-coins');
        expect((refused as ProblemError).message).toBe('Not enough coins: this costs 5 coins and you have 2 coins.');
        expect(seen).toHaveLength(1);
    });

    it('takes a page of a proxy for a problem without words', async () => {
        const { api } = client([new Response('<html>', { status: 413 })]);
        await expect(api.writeOnce('/v1/gift-sends', {}, 'k')).rejects.toThrow('Confetti refused this (status 413).');
    });
});

describe('the sign-in', () => {
    it('gets one new token after a 401 and tries once more, with the same key', async () => {
        const tokens = scripted([ok({ token: 'second' })]);
        const { api, seen } = client([ok({}, 401), ok({ spendable: 7 })], tokens.fake);
        expect(await api.writeOnce('/v1/gift-sends', {}, 'k')).toEqual({ spendable: 7 });
        expect(seen.map((one) => [one.token, one.key])).toEqual([['Bearer first', 'k'], ['Bearer second', 'k']]);
        expect(tokens.seen[0]).toMatchObject({ path: '/v1/dev/tokens', body: '{"sub":"guest-1","name":"Guest","roles":["viewer"]}' });
    });

    it('gives up at the second 401', async () => {
        const tokens = scripted([ok({ token: 'second' })]);
        const { api } = client([ok({}, 401), ok({}, 401)], tokens.fake);
        await expect(api.readMine('/v1/wallet')).rejects.toMatchObject({ status: 401 });
    });

    it('says that it is not configured where the developer sign-in is unknown', async () => {
        const tokens = scripted([ok({}, 404)]);
        const { api } = client([ok({}, 401)], tokens.fake);
        await expect(api.readMine('/v1/wallet')).rejects.toBeInstanceOf(SignInNotConfiguredError);
    });

    it('keeps the same viewer across pages and asks once for calls at the same time', async () => {
        const store = storage();
        const tokens = scripted([ok({ token: 't' })]);
        const session = new Session(store, tokens.fake, () => ({ sub: 'guest-9', name: 'Nine' }));
        expect(await Promise.all([session.token(), session.token()])).toEqual(['t', 't']);
        expect(tokens.seen).toHaveLength(1);
        expect(new Session(store, noFetch, () => ({ sub: 'other', name: 'Other' })).identity).toEqual({ sub: 'guest-9', name: 'Nine' });
    });
});
