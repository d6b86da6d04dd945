import { describe, expect, it } from 'vitest';
import { cueFromJson, cueFromSei } from '../src/cue/cue';
import { seeded } from './cues';

const uuid = Uint8Array.from(Buffer.from('2b75ddf3-d8e3-4a85-a644-41da256c0268'.replaceAll('-', ''), 'hex'));
const json =
    '{"giftSendId":"s2","giftSendIds":["s1","s2"],"giftId":"rocket","giftName":"Rakete 🚀","animationUrl":"/gifts/rocket.webp","tier":5,' +
    '"quantity":2,"comboId":"c1","comboCount":7,"viewerId":"v1","viewerName":"Zoë","coins":20000,"sentAt":"2026-11-22T12:00:00Z","ptsMs":123456}';
const bytes = (text: string) => new TextEncoder().encode(text);

describe('a cue from SEI', () => {
    it('is read with all its fields', () => {
        expect(cueFromSei({ type: 5, uuid, user_data: bytes(json), pts: 40 })).toEqual({
            giftSendId: 's2',
            giftSendIds: ['s1', 's2'],
            giftId: 'rocket',
            giftName: 'Rakete 🚀',
            animationUrl: '/gifts/rocket.webp',
            tier: 5,
            quantity: 2,
            comboId: 'c1',
            comboCount: 7,
            viewerId: 'v1',
            viewerName: 'Zoë',
            coins: 20000,
            sentAt: '2026-11-22T12:00:00Z',
            ptsMs: 123456,
        });
    });

    it('is not found in the payloads of others', () => {
        const other = Uint8Array.from(uuid);
        other[15] = 0xc1;
        expect(cueFromSei({ type: 5, uuid: other, user_data: bytes(json) })).toBeUndefined();
        expect(cueFromSei({ type: 4, uuid, user_data: bytes(json) })).toBeUndefined();
        expect(cueFromSei({ type: 5 })).toBeUndefined();
        expect(cueFromSei({ type: 5, uuid: uuid.subarray(0, 15), user_data: bytes(json) })).toBeUndefined();
    });

    it('is refused when it is no UTF-8, no JSON, cut anywhere, or too long', () => {
        expect(cueFromSei({ type: 5, uuid, user_data: Uint8Array.of(0xff, 0xfe, 0x7b) })).toBeUndefined();
        const whole = bytes(json);
        for (let length = 0; length < whole.length; length++) {
            expect(cueFromSei({ type: 5, uuid, user_data: whole.subarray(0, length) }), `cut at ${length}`).toBeUndefined();
        }
        const padded = bytes(json + ' '.repeat(17_000));
        expect(cueFromSei({ type: 5, uuid, user_data: padded })).toBeUndefined();
    });

    it('never throws on random bytes', () => {
        const seed = Date.now() & 0xffff;
        const random = seeded(seed);
        for (let run = 0; run < 2_000; run++) {
            const data = bytes(json);
            for (let hits = 1 + random() * 5; hits > 0; hits--) data[Math.floor(random() * data.length)] = Math.floor(random() * 256);
            expect(() => cueFromSei({ type: 5, uuid, user_data: data }), `seed ${seed}, run ${run}`).not.toThrow();
        }
    });
});

describe('a cue from JSON', () => {
    it('needs an id, a gift and a tier, and fills in the rest', () => {
        expect(cueFromJson('{"giftSendId":"a","giftId":"x","tier":1}')).toMatchObject({
            giftSendIds: ['a'],
            giftName: 'x',
            animationUrl: '/gifts/x.webp',
            quantity: 1,
            comboId: 'a',
            comboCount: 1,
            viewerName: 'Somebody',
        });
        for (const broken of ['null', '7', '"text"', '[]', '{}', '{"giftSendId":"a","giftId":"x"}', '{"giftSendId":"a","giftId":"x","tier":"1"}',
            '{"giftSendId":"a","giftId":"x","tier":1.5}', '{"giftSendId":"a","giftId":"x","tier":0}', '{"giftSendId":7,"giftId":"x","tier":1}']) {
            expect(cueFromJson(broken), broken).toBeUndefined();
        }
    });

    it('follows only http addresses', () => {
        const withUrl = (url: string) => cueFromJson(JSON.stringify({ giftSendId: 'a', giftId: 'x', tier: 1, animationUrl: url }))?.animationUrl;
        expect(withUrl('https://cdn.example/x.webp')).toBe('https://cdn.example/x.webp');
        expect(withUrl('/gifts/y.webp')).toBe('/gifts/y.webp');
        expect(withUrl('javascript:alert(1)')).toBe('/gifts/x.webp');
        expect(withUrl('data:text/html,hi')).toBe('/gifts/x.webp');
    });

    it('counts tiers above 5 as 5', () => {
        expect(cueFromJson('{"giftSendId":"a","giftId":"x","tier":9}')?.tier).toBe(5);
    });
});
