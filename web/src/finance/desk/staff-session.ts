import type { TokenSource } from '../../api/client';
import { ProblemError, UnreachableError } from '../../api/problem';
import { SignInNotConfiguredError } from '../../api/session';
import { claimsOf, type Claims } from './claims';

export class SignInNeededError extends Error {
    constructor(message = 'Sign in to see the books.') {
        super(message);
        this.name = 'SignInNeededError';
    }
}

const TOKEN_KEY = 'confetti.finance.token';

/**
 * Who of finance sits at this browser, kept apart from the viewers' pages: by the developer sign-in where the server has it, else by a token
 * that the person got elsewhere.
 */
export class StaffSession implements TokenSource {
    constructor(
        private readonly store: Storage,
        private readonly fetchToken: typeof fetch = (input, init) => fetch(input, init),
    ) {}

    get claims(): Claims | undefined {
        const token = this.store.getItem(TOKEN_KEY);
        return token === null ? undefined : claimsOf(token);
    }

    token(): Promise<string> {
        const token = this.store.getItem(TOKEN_KEY);
        return token === null ? Promise.reject(new SignInNeededError()) : Promise.resolve(token);
    }

    /** Nobody is signed in again behind their back. */
    renew(): Promise<string> {
        this.signOut();
        return Promise.reject(new SignInNeededError('Your sign-in has run out, or the server does not take it. Sign in again.'));
    }

    signOut(): void {
        this.store.removeItem(TOKEN_KEY);
    }

    /** @throws SignInNotConfiguredError when the server has no developer sign-in */
    async signInAsDeveloper(sub: string, name: string, roles: readonly string[]): Promise<void> {
        const response = await this.fetchToken('/v1/dev/tokens', {
            method: 'POST',
            headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify({ sub, name: name === '' ? sub : name, roles }),
        }).catch(() => {
            throw new UnreachableError();
        });
        if (response.status === 404) throw new SignInNotConfiguredError('Developer sign-in is off on this server: paste a token of your sign-in provider.');
        if (!response.ok) throw new ProblemError(response.status, await response.json().catch(() => ({})));
        this.store.setItem(TOKEN_KEY, ((await response.json()) as { token: string }).token);
    }

    /** @throws RangeError when the text is no token that names a person */
    signInWith(token: string): void {
        const text = token.trim().replace(/^Bearer\s+/i, '');
        if (claimsOf(text) === undefined) throw new RangeError('This is no token: expected a JWT, three parts with dots between, with a sub inside.');
        this.store.setItem(TOKEN_KEY, text);
    }
}
