import type Hls from 'hls.js';
import { cuesFromId3 } from '../cue/id3';
import type { LiveStream, LiveStreamEvents } from './live-stream';
import { FirstPicture } from './first-picture';

const MAX_RATE = 1.25;
/** So far beyond the playlist's own distance it jumps to the live. */
const JUMP_FROM_SECONDS = 3;

/** A live stream over low-latency HLS, played through Media Source by hls.js, which is loaded when it is needed. */
export class HlsStream implements LiveStream {
    readonly keepsUp = true;
    readonly stalledMs = 20_000; // a first playlist may wait for a whole GOP
    private hls: Hls | undefined;
    private readonly first: FirstPicture;
    private closed = false;

    static get supported(): boolean {
        return 'MediaSource' in globalThis || 'ManagedMediaSource' in globalThis;
    }

    constructor(
        private readonly url: string,
        private readonly video: HTMLVideoElement,
        private readonly events: LiveStreamEvents,
    ) {
        this.first = new FirstPicture(video, events.cue);
        this.open().catch((error: unknown) => this.broken(`hls.js: ${String(error)}`));
    }

    close(): void {
        if (this.closed) return;
        this.closed = true;
        this.first.close();
        this.hls?.destroy();
        this.hls = undefined;
    }

    private async open(): Promise<void> {
        const { default: HlsPlayer } = await import('hls.js');
        if (this.closed) return;
        const hls = new HlsPlayer({
            lowLatencyMode: true,
            backBufferLength: 15,
            maxLiveSyncPlaybackRate: MAX_RATE,
            enableEmsgMetadataCues: false, // the stage shows them, no text track is needed
            enableID3MetadataCues: false,
        });
        this.hls = hls;
        hls.on(HlsPlayer.Events.LEVEL_UPDATED, (_, { details }) => {
            // Within a target duration of the live hls.js plays faster; further behind it would stay there for good. Given above, the bound would have
            // to come with a distance of our own in place of the playlist's.
            hls.config.liveMaxLatencyDuration = (details.partHoldBack || details.holdBack) + Math.min(details.targetduration, JUMP_FROM_SECONDS);
        });
        hls.on(HlsPlayer.Events.FRAG_PARSING_METADATA, (_, { samples }) => {
            for (const sample of samples) {
                for (const cue of cuesFromId3(sample.data)) this.first.cue(cue, sample.pts * 1_000);
            }
        });
        hls.on(HlsPlayer.Events.ERROR, (_, error) => {
            if (error.fatal) this.broken(`${error.type}: ${error.details}`);
        });
        hls.loadSource(this.url);
        hls.attachMedia(this.video);
    }

    private broken(reason: string): void {
        if (!this.closed) this.events.broken(reason);
    }
}
