import type { Board } from '../api/types';
import { applyChanges, type BoardChanges } from './changes';

const POLL_MS = 4_000;
const PUSH_AGAIN_MS = 30_000;

/** A board that is pushed by server-sent events, and polled while pushing does not work. */
export class BoardFeed {
    private source: EventSource | undefined;
    private pollTimer: ReturnType<typeof setInterval> | undefined;
    private pushTimer: ReturnType<typeof setTimeout> | undefined;
    private closed = false;
    private pushes = 0;

    constructor(
        private readonly url: string,
        private readonly onBoard: (board: Board) => void,
        /** The operator has switched boards off; the feed has ended. */
        private readonly onOff: () => void = () => undefined,
    ) {
        this.push();
        void this.poll(); // the first answer must not wait for the first change
    }

    close(): void {
        this.closed = true;
        this.source?.close();
        clearInterval(this.pollTimer);
        clearTimeout(this.pushTimer);
    }

    private push(): void {
        const source = new EventSource(this.url);
        this.source = source;
        let board: Board | undefined; // this connection's; what was polled may be another version
        const pushed = (next: Board): void => {
            board = next;
            this.stopPolling();
            this.pushes++;
            this.take(next);
        };
        source.addEventListener('standings', (event) => pushed(JSON.parse((event as MessageEvent<string>).data) as Board));
        source.addEventListener('changes', (event) => {
            if (board) pushed(applyChanges(board, JSON.parse((event as MessageEvent<string>).data) as BoardChanges));
        });
        source.addEventListener('error', () => {
            this.startPolling();
            if (source.readyState !== EventSource.CLOSED || this.closed) return;
            clearTimeout(this.pushTimer);
            this.pushTimer = setTimeout(() => this.push(), PUSH_AGAIN_MS);
        });
    }

    private startPolling(): void {
        if (!this.closed) this.pollTimer ??= setInterval(() => void this.poll(), POLL_MS);
    }

    private stopPolling(): void {
        clearInterval(this.pollTimer);
        this.pollTimer = undefined;
    }

    private async poll(): Promise<void> {
        const before = this.pushes;
        try {
            const response = await fetch(this.url, { headers: { Accept: 'application/json' } });
            if (response.status === 403 && !this.closed) {
                this.close();
                this.onOff();
            }
            if (!response.ok) return;
            const board = (await response.json()) as Board;
            if (this.pushes === before) this.take(board); // what was pushed meanwhile is newer
        } catch {
            // the next poll or push tries again
        }
    }

    private take(board: Board): void {
        if (!this.closed && Array.isArray(board.standings)) this.onBoard(board);
    }
}
