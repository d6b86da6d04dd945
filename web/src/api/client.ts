import { ProblemError, UnreachableError, type Problem } from './problem';

/** Where bearer tokens come from. */
export interface TokenSource {
    token(): Promise<string>;
    /** Another one, after the server did not take the last. */
    renew(): Promise<string>;
}

export interface ClientOptions {
    session: TokenSource;
    fetch?: typeof fetch;
    /** Waits between the tries of a call that may be repeated; their number bounds the tries. */
    retryDelaysMs?: readonly number[];
    wait?: (ms: number) => Promise<void>;
}

interface Call {
    method: 'GET' | 'POST' | 'PUT';
    path: string;
    body?: BodyInit;
    contentType?: string;
    accept?: string;
    idempotencyKey?: string;
    signedIn: boolean;
    /** Whether it is tried again when no answer came. */
    repeats: boolean;
    signal?: AbortSignal;
}

const JSON_ANSWER = 'application/json, application/problem+json';

/**
 * Calls the HTTP API. Reads, and writes that carry an idempotency key, are tried again with the same key when no answer came, or when a
 * gateway in between answered in the service's place (502, 503, 504): the service gives the same answer for the same key.
 */
export class ApiClient {
    private readonly session: TokenSource;
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
        return this.json<T>({ method: 'GET', path, signedIn: false, repeats: true });
    }

    /** Reads as whoever is signed in. */
    readMine<T>(path: string): Promise<T> {
        return this.json<T>({ method: 'GET', path, signedIn: true, repeats: true });
    }

    /** Writes once, however often it must be tried. */
    writeOnce<T>(path: string, body: unknown, idempotencyKey: string): Promise<T> {
        return this.json<T>({ ...jsonBody(body), method: 'POST', path, idempotencyKey, signedIn: true, repeats: true });
    }

    /** Writes what has no key, and so is tried once. */
    write<T>(path: string, body?: unknown): Promise<T> {
        return this.json<T>({ ...jsonBody(body), method: 'POST', path, signedIn: true, repeats: false });
    }

    /** Sets something to what it is to be, which may be tried again. */
    set<T>(path: string, body: unknown): Promise<T> {
        return this.json<T>({ ...jsonBody(body), method: 'PUT', path, signedIn: true, repeats: true });
    }

    /** Hands in a file that has effect once by what is in it. */
    upload<T>(path: string, file: Blob, contentType: string): Promise<T> {
        return this.json<T>({ method: 'POST', path, body: file, contentType, signedIn: true, repeats: false });
    }

    /** Reads a file as it comes. */
    open(path: string, signal: AbortSignal): Promise<Response> {
        return this.call({ method: 'GET', path, accept: '*/*', signedIn: true, repeats: false, signal });
    }

    private async json<T>(call: Call): Promise<T> {
        return (await (await this.call(call)).json()) as T;
    }

    private async call(call: Call): Promise<Response> {
        let response = await this.answered(call);
        if (response.status === 401 && call.signedIn) {
            await this.session.renew();
            response = await this.answered(call);
        }
        if (response.ok) return response;
        throw new ProblemError(response.status, await problemOf(response));
    }

    private async answered(call: Call): Promise<Response> {
        for (let attempt = 0; ; attempt++) {
            const response = await this.tried(call);
            if (response !== undefined && ![502, 503, 504].includes(response.status)) return response;
            const delayMs = call.repeats ? this.retryDelaysMs[attempt] : undefined;
            if (delayMs === undefined) {
                if (response !== undefined) return response;
                throw new UnreachableError();
            }
            await this.wait(delayMs);
        }
    }

    private async tried(call: Call): Promise<Response | undefined> {
        const headers: Record<string, string> = { Accept: call.accept ?? JSON_ANSWER };
        if (call.signedIn) headers['Authorization'] = `Bearer ${await this.session.token()}`;
        if (call.idempotencyKey !== undefined) headers['Idempotency-Key'] = call.idempotencyKey;
        const init: RequestInit = { method: call.method, headers };
        if (call.body !== undefined) init.body = call.body;
        if (call.contentType !== undefined) headers['Content-Type'] = call.contentType;
        if (call.signal !== undefined) init.signal = call.signal;
        try {
            return await this.fetch(call.path, init);
        } catch (error) {
            if (call.signal?.aborted) throw error;
            return undefined; // fetch throws only when no answer came
        }
    }
}

function jsonBody(body: unknown): { body?: string; contentType?: string } {
    return body === undefined ? {} : { body: JSON.stringify(body), contentType: 'application/json' };
}

async function problemOf(response: Response): Promise<Problem> {
    try {
        const body: unknown = await response.json();
        return typeof body === 'object' && body !== null ? (body as Problem) : {};
    } catch {
        return {}; // not a problem document, for instance a proxy's page
    }
}
