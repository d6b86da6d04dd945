import { Backoff } from '../player/backoff';
import { cueFromJson, type Cue } from './cue';

/** Gifts as server-sent events, for pages without a playable video; comes back by itself after a break. */
export class GiftEvents {
    private source: EventSource | undefined;
    private timer: ReturnType<typeof setTimeout> | undefined;
    private readonly backoff = new Backoff(500, 10_000);

    constructor(
        private readonly url: string,
        private readonly onCue: (cue: Cue) => void,
    ) {
        this.open();
    }

    close(): void {
        clearTimeout(this.timer);
        this.source?.close();
    }

    private open(): void {
        const source = new EventSource(this.url);
        this.source = source;
        source.addEventListener('open', () => this.backoff.reset());
        source.addEventListener('gift', (event) => {
            const cue = cueFromJson((event as MessageEvent<string>).data);
            if (cue !== undefined) this.onCue(cue);
        });
        source.addEventListener('error', () => {
            // the browser itself reconnects after a break, but gives up after an HTTP error
            if (source.readyState !== EventSource.CLOSED) return;
            this.timer = setTimeout(() => this.open(), this.backoff.nextMs());
        });
    }
}
