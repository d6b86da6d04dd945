import { cueFromJson, type Cue } from './cue';

const HEADER_BYTES = 10;
const UTF_8 = 3;
const DESCRIPTION = 'confetti.gift';
const MAX_TAG_BYTES = 20 * 1024;

/**
 * The cues in an ID3v2.4 tag, as HLS carries them: TXXX frames with our description and JSON as their value. Frames of others, and what is cut
 * short, are passed over.
 */
export function cuesFromId3(tag: Uint8Array): Cue[] {
    const cues: Cue[] = [];
    if (tag.length < HEADER_BYTES || tag.length > MAX_TAG_BYTES || ascii(tag, 0, 3) !== 'ID3' || tag[3] !== 4) return cues;
    const end = Math.min(tag.length, HEADER_BYTES + syncSafe(tag, 6));
    for (let at = HEADER_BYTES; at + HEADER_BYTES <= end; ) {
        const body = at + HEADER_BYTES;
        const next = body + syncSafe(tag, at + 4);
        if (next > end) break;
        const cue = ascii(tag, at, 4) === 'TXXX' ? cueFromUserText(tag.subarray(body, next)) : undefined;
        if (cue !== undefined) cues.push(cue);
        at = next;
    }
    return cues;
}

function cueFromUserText(frame: Uint8Array): Cue | undefined {
    const zero = frame.indexOf(0, 1);
    if (frame[0] !== UTF_8 || zero < 0) return undefined;
    try {
        const text = new TextDecoder('utf-8', { fatal: true });
        return text.decode(frame.subarray(1, zero)) === DESCRIPTION ? cueFromJson(text.decode(frame.subarray(zero + 1))) : undefined;
    } catch {
        return undefined; // not UTF-8
    }
}

/** What a browser that plays HLS by itself makes of the same frame. */
export function cueFromNative(value: unknown): Cue | undefined {
    if (typeof value !== 'object' || value === null) return undefined;
    const { key, info, data } = value as { key?: unknown; info?: unknown; data?: unknown };
    return key === 'TXXX' && info === DESCRIPTION && typeof data === 'string' ? cueFromJson(data) : undefined;
}

function syncSafe(bytes: Uint8Array, at: number): number {
    return ((bytes[at]! & 0x7f) << 21) | ((bytes[at + 1]! & 0x7f) << 14) | ((bytes[at + 2]! & 0x7f) << 7) | (bytes[at + 3]! & 0x7f);
}

function ascii(bytes: Uint8Array, at: number, length: number): string {
    return String.fromCharCode(...bytes.subarray(at, at + length));
}
