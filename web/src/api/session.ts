import { ProblemError, UnreachableError } from './problem';

export interface Identity {
    sub: string;
    name: string;
}

/** The server knows no developer sign-in: it wants a real one, which these pages do not have yet. */
export class SignInNotConfiguredError extends Error {
    constructor(message = 'Sign-in is not configured on this server, so you can watch but not send gifts.') {
        super(message);
        this.name = 'SignInNotConfiguredError';
    }
}

const TOKEN_KEY = 'confetti.token';
const IDENTITY_KEY = 'confetti.identity';

/** Who the viewer is: a guest that this browser remembers, signed in by the developer sign-in where the server has it. */
export class Session {
    private pending: Promise<string> | undefined;
    readonly identity: Identity;

    constructor(
        private readonly store: Storage,
        private readonly fetchToken: typeof fetch = (input, init) => fetch(input, init),
        newGuest: () => Identity = randomGuest,
    ) {
        this.identity = readIdentity(store) ?? newGuest();
        store.setItem(IDENTITY_KEY, JSON.stringify(this.identity));
    }

    /** The stored token, or a new one. */
    token(): Promise<string> {
        const stored = this.store.getItem(TOKEN_KEY);
        if (stored !== null) return Promise.resolve(stored);
        return this.renew();
    }

    /** A new token for the same viewer; calls at the same time share one request. */
    renew(): Promise<string> {
        this.pending ??= this.requestToken().finally(() => (this.pending = undefined));
        return this.pending;
    }

    async rename(name: string): Promise<void> {
        this.identity.name = name;
        this.store.setItem(IDENTITY_KEY, JSON.stringify(this.identity));
        await this.renew();
    }

    private async requestToken(): Promise<string> {
        this.store.removeItem(TOKEN_KEY);
        const response = await this.fetchToken('/v1/dev/tokens', {
            method: 'POST',
            headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify({ ...this.identity, roles: ['viewer'] }),
        }).catch(() => {
            throw new UnreachableError();
        });
        if (response.status === 404) throw new SignInNotConfiguredError();
        if (!response.ok) throw new ProblemError(response.status, await response.json().catch(() => ({})));
        const { token } = (await response.json()) as { token: string };
        this.store.setItem(TOKEN_KEY, token);
        return token;
    }
}

function readIdentity(store: Storage): Identity | undefined {
    try {
        const stored = JSON.parse(store.getItem(IDENTITY_KEY) ?? 'null') as Partial<Identity> | null;
        if (typeof stored?.sub === 'string' && typeof stored.name === 'string') return { sub: stored.sub, name: stored.name };
    } catch {
        // what is stored is broken: start as a new guest
    }
    return undefined;
}

function randomGuest(): Identity {
    const random = newKey().replaceAll('-', '');
    return { sub: `guest-${random.slice(0, 16)}`, name: `Guest ${(parseInt(random.slice(0, 6), 16) % 9_000) + 1_000}` };
}

/** A random UUID, also on pages served over plain HTTP from another machine, where `crypto.randomUUID` is missing. */
export function newKey(): string {
    if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6]! & 0x0f) | 0x40;
    bytes[8] = (bytes[8]! & 0x3f) | 0x80;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
