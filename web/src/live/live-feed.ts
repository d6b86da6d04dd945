import type { ApiClient } from '../api/client';
import { ProblemError } from '../api/problem';
import type { Live } from '../api/types';

const POLL_MS = 3_000;

/** One live, read again every few seconds until it has ended. */
export class LiveFeed {
    private timer: ReturnType<typeof setTimeout> | undefined;
    private closed = false;

    constructor(
        private readonly liveId: string,
        private readonly api: ApiClient,
        private readonly onLive: (live: Live) => void,
        private readonly onUnknown: () => void = () => undefined,
    ) {
        void this.poll();
    }

    close(): void {
        this.closed = true;
        clearTimeout(this.timer);
    }

    private async poll(): Promise<void> {
        let again = true;
        try {
            const live = await this.api.read<Live>(`/v1/lives/${this.liveId}`);
            if (this.closed) return;
            this.onLive(live);
            again = live.state !== 'ended';
        } catch (error) {
            if (this.closed) return;
            if (error instanceof ProblemError && error.status === 404) this.onUnknown();
        }
        if (again) this.timer = setTimeout(() => void this.poll(), POLL_MS);
    }
}
