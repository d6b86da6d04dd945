import type { ApiClient } from '../api/client';
import type { Live, PlayToken, PlayUrls } from '../api/types';

/** So long before a token runs out another one is asked for: the player connects anew then. */
const RENEW_BEFORE_MS = 5 * 60_000;
const AGAIN_MS = 10_000;

/** Where a live can be played by this viewer: as the live says, or with a play token where it wants one. */
export class PlayAccess {
    /** Empty until there is a token, where one is wanted. */
    urls: PlayUrls = {};
    /** Why there is no token; undefined while all is well. */
    problem: Error | undefined;
    private token: string | undefined;
    private renewAtMs = 0;
    private askAtMs = 0;
    private asking = false;

    /**
     * @param changed called when another token, or a problem, is there
     * @param given a token that somebody put into the page's address
     */
    constructor(
        private readonly api: Pick<ApiClient, 'write'>,
        private readonly changed: () => void,
        given?: string | null,
        private readonly nowMs: () => number = Date.now,
    ) {
        if (given) {
            this.token = given;
            this.renewAtMs = Infinity; // whoever gave it knows for how long
        }
    }

    /** Takes what the live says now; asks for a token when one is wanted and none is there. */
    take(live: Live): void {
        const wanted = live.playToken === 'required';
        if (!wanted) this.urls = live.playUrls;
        else if (this.token !== undefined) this.urls = withToken(live.playUrls, this.token);
        const nowMs = this.nowMs();
        if (wanted && live.state !== 'ended' && nowMs >= this.renewAtMs && nowMs >= this.askAtMs && !this.asking) void this.ask(live);
    }

    private async ask(live: Live): Promise<void> {
        this.asking = true;
        try {
            const { token, expiresAt } = await this.api.write<PlayToken>(`/v1/lives/${live.liveId}/play-tokens`, {});
            this.token = token;
            this.problem = undefined;
            this.urls = withToken(live.playUrls, token);
            this.renewAtMs = Date.parse(expiresAt) - RENEW_BEFORE_MS;
        } catch (error) {
            this.problem = error instanceof Error ? error : new Error(String(error));
        } finally {
            this.asking = false;
            this.askAtMs = this.nowMs() + AGAIN_MS;
            this.changed();
        }
    }
}

function withToken(urls: PlayUrls, token: string): PlayUrls {
    return Object.fromEntries(
        Object.entries(urls).map(([name, url]: [string, string]) => [name, `${url}${url.includes('?') ? '&' : '?'}token=${encodeURIComponent(token)}`]),
    );
}
