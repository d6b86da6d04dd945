import type { Cue } from '../cue/cue';

const MAX_WAITING = 500;
const ROUNDING_MS = 50;

/**
 * Hands cues on from the first picture that this viewer sees. A player loads the segment that its first picture is in from its beginning: the
 * gifts of the pictures before are not for a viewer who has just come.
 */
export class FirstPicture {
    private waiting: { cue: Cue; atMs: number }[] | undefined = [];
    private readonly stop = new AbortController();

    constructor(
        video: Pick<HTMLVideoElement, 'currentTime' | 'addEventListener'>,
        private readonly onCue: (cue: Cue, atMs: number) => void,
    ) {
        video.addEventListener('playing', () => this.begin(video.currentTime * 1_000), { once: true, signal: this.stop.signal });
    }

    cue(cue: Cue, atMs: number): void {
        if (this.waiting === undefined) this.onCue(cue, atMs);
        else if (this.waiting.push({ cue, atMs }) > MAX_WAITING) this.waiting.shift();
    }

    close(): void {
        this.stop.abort();
        this.waiting = [];
    }

    private begin(firstMs: number): void {
        const waiting = this.waiting ?? [];
        this.waiting = undefined;
        for (const { cue, atMs } of waiting) if (atMs >= firstMs - ROUNDING_MS) this.onCue(cue, atMs);
    }
}
