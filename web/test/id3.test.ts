import { describe, expect, it } from 'vitest';
import { cueFromNative, cuesFromId3 } from '../src/cue/id3';
import { chooseFormat, hlsAddress } from '../src/player/live-stream';
import { FirstPicture } from '../src/player/first-picture';
import type { Cue } from '../src/cue/cue';

const json = '{"giftSendId":"s1","giftId":"rocket","tier":5,"viewerName":"Zoë","animationUrl":"/gifts/' + 'a'.repeat(100) + '.webp","ptsMs":1234}'; // more than seven bits can count

/** An ID3v2.4 tag, worked out by hand: header 10 bytes, then frames of 10 bytes and their body. */
function tag(...frames: Uint8Array[]): Uint8Array {
    const body = Buffer.concat(frames);
    return Buffer.concat([Buffer.from('ID3\x04\0\0', 'latin1'), size(body.length), body]);
}

function frame(id: string, body: Buffer): Uint8Array {
    return Buffer.concat([Buffer.from(id, 'latin1'), size(body.length), Buffer.from([0, 0]), body]);
}

function size(bytes: number): Uint8Array {
    return Uint8Array.from([0, 0, bytes >> 7, bytes & 0x7f]);
}

const text = (description: string, value: string) => Buffer.concat([Buffer.from([3]), Buffer.from(`${description}\0${value}`, 'utf8')]);

describe('cues in an ID3 tag', () => {
    it('are read from frames with our description, past those of others', () => {
        const cues = cuesFromId3(
            tag(frame('TIT2', Buffer.from([3, 65])), frame('TXXX', text('other', json)), frame('TXXX', text('confetti.gift', json))),
        );
        expect(cues).toHaveLength(1);
        expect(cues[0]).toMatchObject({ giftSendId: 's1', viewerName: 'Zoë', ptsMs: 1234 });
    });

    it('are none where the tag is cut anywhere, of another version or broken', () => {
        const whole = tag(frame('TXXX', text('confetti.gift', json)));
        for (let length = 0; length < whole.length; length++) expect(cuesFromId3(whole.subarray(0, length))).toEqual([]);
        const older = Uint8Array.from(whole);
        older[3] = 3;
        expect(cuesFromId3(older)).toEqual([]);
        const latin = Uint8Array.from(whole);
        latin[20] = 0;
        expect(cuesFromId3(latin)).toEqual([]);
        expect(cuesFromId3(tag(frame('TXXX', Buffer.from([3, 65, 66]))))).toEqual([]);
        expect(cuesFromId3(tag(frame('TXXX', Buffer.from([3, 0xff, 0, 65]))))).toEqual([]);
    });

    it('are read from what a browser makes of the frame', () => {
        expect(cueFromNative({ key: 'TXXX', info: 'confetti.gift', data: json })?.giftSendId).toBe('s1');
        expect(cueFromNative({ key: 'TXXX', info: 'other', data: json })).toBeUndefined();
        expect(cueFromNative({ key: 'PRIV', info: 'confetti.gift', data: json })).toBeUndefined();
        expect(cueFromNative(null)).toBeUndefined();
    });
});

describe('the way to play', () => {
    const all = { mediaSourceForFlv: true, mediaSource: true, nativeHls: true };

    it('is FLV, unless HLS is asked for or FLV cannot play', () => {
        expect(chooseFormat(undefined, all)).toBe('flv');
        expect(chooseFormat('flv', all)).toBe('flv');
        expect(chooseFormat('hls', all)).toBe('hls');
        expect(chooseFormat(undefined, { ...all, mediaSourceForFlv: false })).toBe('hls');
        expect(chooseFormat(undefined, { mediaSourceForFlv: false, mediaSource: false, nativeHls: true })).toBe('native-hls');
        expect(chooseFormat('hls', { mediaSourceForFlv: false, mediaSource: false, nativeHls: false })).toBeUndefined();
    });

    it('has an address of its own', () => {
        expect(hlsAddress('https://a.example/live/x.flv')).toBe('https://a.example/live/x/index.m3u8');
        expect(hlsAddress('https://a.flv.example/live/x.flv?t=1.flv')).toBe('https://a.flv.example/live/x/index.m3u8?t=1.flv');
    });
});

describe('the first picture', () => {
    it('is where cues begin', () => {
        const target = new EventTarget();
        const video = { currentTime: 0, addEventListener: target.addEventListener.bind(target) } as unknown as HTMLVideoElement;
        const shown: [string, number][] = [];
        const first = new FirstPicture(video, (cue, atMs) => shown.push([cue.giftSendId, atMs]));
        const cue = (giftSendId: string) => ({ giftSendId }) as Cue;
        first.cue(cue('before'), 1_000);
        first.cue(cue('at'), 1_980);
        first.cue(cue('after'), 2_500);
        expect(shown).toEqual([]);
        video.currentTime = 2;
        target.dispatchEvent(new Event('playing'));
        expect(shown).toEqual([['at', 1_980], ['after', 2_500]]);
        first.cue(cue('later'), 1_500);
        expect(shown).toHaveLength(3);
    });
});
