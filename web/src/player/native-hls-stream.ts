import { cueFromNative } from '../cue/id3';
import type { LiveStream, LiveStreamEvents } from './live-stream';
import { FirstPicture } from './first-picture';

/** A live stream over HLS where only the browser itself can play it, as on iPhones: cues come on its metadata track. */
export class NativeHlsStream implements LiveStream {
    readonly keepsUp = true;
    readonly stalledMs = 20_000;
    private readonly first: FirstPicture;
    private readonly stop = new AbortController();

    static supportedBy(video: HTMLVideoElement): boolean {
        return video.canPlayType('application/vnd.apple.mpegurl') !== '';
    }

    constructor(
        url: string,
        private readonly video: HTMLVideoElement,
        events: LiveStreamEvents,
    ) {
        this.first = new FirstPicture(video, events.cue);
        const { signal } = this.stop;
        video.textTracks.addEventListener('addtrack', ({ track }) => track && this.watch(track), { signal });
        for (const track of video.textTracks) this.watch(track);
        video.addEventListener('error', () => events.broken(video.error?.message || 'the browser cannot play the stream'), { signal });
        video.addEventListener('ended', () => events.broken('the stream ended'), { signal });
        video.src = url;
    }

    close(): void {
        this.stop.abort();
        this.first.close();
        this.video.removeAttribute('src');
        this.video.load();
    }

    private watch(track: TextTrack): void {
        if (track.kind !== 'metadata') return;
        track.mode = 'hidden'; // cues come, nothing is drawn
        track.addEventListener(
            'cuechange',
            () => {
                for (const active of track.activeCues ?? []) {
                    const cue = cueFromNative((active as TextTrackCue & { value?: unknown }).value);
                    if (cue !== undefined) this.first.cue(cue, active.startTime * 1_000);
                }
            },
            { signal: this.stop.signal },
        );
    }
}
