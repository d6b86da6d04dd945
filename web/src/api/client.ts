import { ProblemError, UnreachableError, type Problem } from './problem';
import type { Session } from './session';

export interface ClientOptions {
    session: Session;
    fetch?: typeof fetch;
    /** Waits between the tries of a call that may be repeated; their number bounds the tries. */
    retryDelaysMs?: readonly number[];
    wait?: (ms: number) => Promise<void>;
}

interface Call {
    method: 'GET' | 'POST';
    path: string;
    body?: unknown;
    idempotencyKey?: string;
    signedIn: boolean;
}

/**
 * Calls the HTTP API. Reads, and writes that carry an idempotency key, are tried again with the same key when no answer came, or when a
 * gateway in between answered in the service's place (502, 503, 504): the service gives the same answer for the same key.
 */
export class ApiClient {
    private readonly session: Session;
    private readonly fetch: typeof fetch;
    private readonly retryDelaysMs: readonly number[];
    private readonly wait: (ms: number) => Promise<void>;

    constructor(options: ClientOptions) {
        this.session = options.session;
        this.fetch = options.fetch ?? ((input, init) => fetch(input, init));
        this.retryDelaysMs = options.retryDelaysMs ?? [300, 1_000, 3_000];
        this.wait = options.wait ?? ((ms) => new Promise((done) => setTimeout(done, ms)));
    }

    /** Reads what anybody may read. */
    read<T>(path: string): Promise<T> {
        return this.call<T>({ method: 'GET', path, signedIn: false });
    }

    /** Reads as the signed-in viewer. */
    readMine<T>(path: string): Promise<T> {
        return this.call<T>({ method: 'GET', path, signedIn: true });
    }

    /** Writes once, however often it must be tried. */
    writeOnce<T>(path: string, body: unknown, idempotencyKey: string): Promise<T> {
        return this.call<T>({ method: 'POST', path, body, idempotencyKey, signedIn: true });
    }

    private async call<T>(call: Call): Promise<T> {
        let response = await this.answered(call);
        if (response.status === 401 && call.signedIn) {
            await this.session.renew();
            response = await this.answered(call);
        }
        if (response.ok) return (await response.json()) as T;
        throw new ProblemError(response.status, await problemOf(response));
    }

    private async answered(call: Call): Promise<Response> {
        for (let attempt = 0; ; attempt++) {
            const response = await this.tried(call);
            if (response !== undefined && ![502, 503, 504].includes(response.status)) return response;
            const delayMs = this.retryDelaysMs[attempt];
            if (delayMs === undefined) {
                if (response !== undefined) return response;
                throw new UnreachableError();
            }
            await this.wait(delayMs);
        }
    }

    private async tried(call: Call): Promise<Response | undefined> {
        const headers: Record<string, string> = { Accept: 'application/json, application/problem+json' };
        if (call.signedIn) headers['Authorization'] = `Bearer ${await this.session.token()}`;
        if (call.idempotencyKey !== undefined) headers['Idempotency-Key'] = call.idempotencyKey;
        const init: RequestInit = { method: call.method, headers };
        if (call.body !== undefined) {
            headers['Content-Type'] = 'application/json';
            init.body = JSON.stringify(call.body);
        }
        try {
            return await this.fetch(call.path, init);
        } catch {
            return undefined; // fetch throws only when no answer came
        }
    }
}

async function problemOf(response: Response): Promise<Problem> {
    try {
        const body: unknown = await response.json();
        return typeof body === 'object' && body !== null ? (body as Problem) : {};
    } catch {
        return {}; // not a problem document, for instance a proxy's page
    }
}
