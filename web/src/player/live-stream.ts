import type { Cue } from '../cue/cue';

export interface LiveStreamEvents {
    /** A cue from the media, to appear at `atMs` on the video element's clock. */
    cue: (cue: Cue, atMs: number) => void;
    /** The stream ended or broke; a new one must be opened. */
    broken: (reason: string) => void;
}

/** One try to play a live stream into a video element. */
export interface LiveStream {
    /** Whether it stays close to the newest picture, and gets over holes, by itself. */
    readonly keepsUp: boolean;
    /** No progress for so long while something should come: it is broken. */
    readonly stalledMs: number;
    close(): void;
}

export type Format = 'flv' | 'hls' | 'native-hls';

/** What a browser can do. */
export interface Abilities {
    mediaSourceForFlv: boolean;
    mediaSource: boolean;
    nativeHls: boolean;
}

/** The way to play: FLV has the least delay; HLS where it is asked for or FLV cannot play; the browser's own HLS where nothing else can. */
export function chooseFormat(asked: string | null | undefined, can: Abilities): Format | undefined {
    if (can.mediaSourceForFlv && asked !== 'hls') return 'flv';
    if (can.mediaSource) return 'hls';
    return can.nativeHls ? 'native-hls' : undefined;
}

/** The HLS address of a stream, given that of its FLV. */
export function hlsAddress(flvUrl: string): string {
    return flvUrl.replace(/\.flv(?=$|[?#])/, '/index.m3u8');
}
