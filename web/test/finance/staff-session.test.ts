import { describe, expect, it } from 'vitest';
import { ProblemError } from '../../src/api/problem';
import { claimsOf, roleFault } from '../../src/finance/desk/claims';
import { SignInNeededError, StaffSession } from '../../src/finance/desk/staff-session';

function storage(): Storage {
    const map = new Map<string, string>();
    return {
        getItem: (key: string) => map.get(key) ?? null,
        setItem: (key: string, value: string) => void map.set(key, value),
        removeItem: (key: string) => void map.delete(key),
    } as Storage;
}

const token = (body: object) => `x.${Buffer.from(JSON.stringify(body)).toString('base64url')}.y`;
const answers = (status: number, body: unknown): typeof fetch => () => Promise.resolve(new Response(JSON.stringify(body), { status }));
const none: typeof fetch = () => Promise.reject(new Error('not expected'));

describe('a token', () => {
    it('says whose it is and which roles it has', () => {
        expect(claimsOf(token({ sub: 'fin-1', name: 'Zoë Ω', roles: ['finance', 'admin'] }))).toEqual({ sub: 'fin-1', name: 'Zoë Ω', roles: ['finance', 'admin'] });
        expect(claimsOf(token({ sub: 'fin-1', preferred_username: 'zoe' }))).toEqual({ sub: 'fin-1', name: 'zoe', roles: [] });
    });

    it('is none when it is broken or names nobody', () => {
        expect(claimsOf('hello')).toBeUndefined();
        expect(claimsOf('a.b.c')).toBeUndefined();
        expect(claimsOf(token({ roles: ['finance'] }))).toBeUndefined();
    });

    it('opens the books by the role finance alone, and the page says what it has instead', () => {
        expect(roleFault({ sub: 'a', name: 'Ann', roles: ['viewer', 'finance'] })).toBeUndefined();
        expect(roleFault({ sub: 'a', name: 'Ann', roles: ['viewer', 'admin'] })).toBe('Ann has the roles viewer, admin in this sign-in; the console needs the role finance.');
        expect(roleFault({ sub: 'a', name: 'Ann', roles: [] })).toContain('has no role');
    });
});

describe('a session of staff', () => {
    it('asks for a sign-in instead of making somebody up', async () => {
        const session = new StaffSession(storage(), none);
        await expect(session.token()).rejects.toBeInstanceOf(SignInNeededError);
        expect(session.claims).toBeUndefined();
    });

    it('keeps the token of the developer sign-in', async () => {
        const store = storage();
        await new StaffSession(store, answers(200, { token: token({ sub: 'fin-1', roles: ['finance'] }) })).signInAsDeveloper('fin-1', '', ['finance']);
        expect(new StaffSession(store, none).claims?.sub).toBe('fin-1');
    });

    it('says that a token is needed where the developer sign-in is off', async () => {
        await expect(new StaffSession(storage(), answers(404, {})).signInAsDeveloper('fin-1', '', ['finance'])).rejects.toThrow('paste a token');
        await expect(new StaffSession(storage(), answers(400, { detail: 'sub' })).signInAsDeveloper('', '', [])).rejects.toBeInstanceOf(ProblemError);
    });

    it('takes a token that somebody pasted, with or without Bearer, and no nonsense', async () => {
        const session = new StaffSession(storage(), none);
        const text = token({ sub: 'fin-2', roles: ['finance'] });
        session.signInWith(` Bearer ${text} `);
        expect(await session.token()).toBe(text);
        expect(() => session.signInWith('nonsense')).toThrow('This is no token');
    });

    it('signs out when the server does not take the token any more', async () => {
        const session = new StaffSession(storage(), none);
        session.signInWith(token({ sub: 'fin-2', roles: [] }));
        await expect(session.renew()).rejects.toBeInstanceOf(SignInNeededError);
        expect(session.claims).toBeUndefined();
    });
});
