import mpegts from 'mpegts.js';
import { cueFromSei, type SeiPayload } from '../cue/cue';
import type { LiveStream, LiveStreamEvents } from './live-stream';

// The event exists in 1.8.2, its type declaration does not name it.
const SEI_ARRIVED = 'sei_arrived';

/** One connection to a live FLV stream, played into a video element. */
export class FlvStream implements LiveStream {
    readonly keepsUp = false;
    readonly stalledMs = 6_000;
    private readonly player: ReturnType<typeof mpegts.createPlayer>;
    private closed = false;

    static get supported(): boolean {
        return mpegts.getFeatureList().mseLivePlayback;
    }

    constructor(url: string, video: HTMLVideoElement, events: LiveStreamEvents) {
        mpegts.LoggingControl.enableVerbose = false;
        mpegts.LoggingControl.enableDebug = false;
        mpegts.LoggingControl.enableInfo = false;
        this.player = mpegts.createPlayer(
            { type: 'flv', isLive: true, url },
            {
                isLive: true,
                enableStashBuffer: false, // a stash costs delay
                lazyLoad: false,
                deferLoadAfterSourceOpen: false,
                autoCleanupSourceBuffer: true,
                autoCleanupMaxBackwardDuration: 30,
                autoCleanupMinBackwardDuration: 15,
                fixAudioTimestampGap: true, // without it the sound after a gap comes too early and holds the picture back
            },
        );
        const broken = (reason: string) => {
            if (!this.closed) events.broken(reason);
        };
        this.player.on(SEI_ARRIVED, (sei: SeiPayload) => {
            const cue = cueFromSei(sei);
            if (cue !== undefined) events.cue(cue, sei.pts ?? 0);
        });
        this.player.on(mpegts.Events.ERROR, (type: string, detail: string) => broken(`${type}: ${detail}`));
        this.player.on(mpegts.Events.LOADING_COMPLETE, () => broken('the stream ended'));
        this.player.attachMediaElement(video);
        this.player.load();
    }

    close(): void {
        if (this.closed) return;
        this.closed = true;
        this.player.destroy();
    }
}
