import { describe, expect, it } from 'vitest';
import { CueSchedule } from '../src/cue/schedule';
import { cue, seeded } from './cues';

const idsOf = (cues: { giftSendId: string }[]) => cues.map((one) => one.giftSendId);

describe('the schedule of cues', () => {
    it('hands cues out at their media time, in its order', () => {
        const schedule = new CueSchedule();
        schedule.add(cue({ giftSendId: 'late' }), 3_000);
        schedule.add(cue({ giftSendId: 'early' }), 1_000);
        schedule.add(cue({ giftSendId: 'early too' }), 1_000);
        expect(schedule.due(999)).toEqual([]);
        expect(idsOf(schedule.due(1_000))).toEqual(['early', 'early too']);
        expect(schedule.due(2_999)).toEqual([]);
        expect(idsOf(schedule.due(3_100))).toEqual(['late']);
        expect(schedule.size).toBe(0);
    });

    it('knows a send again, however it comes and as part of what cue', () => {
        const schedule = new CueSchedule();
        expect(schedule.add(cue({ giftSendId: 'a' }), 0)).toBe(true);
        expect(schedule.add(cue({ giftSendId: 'a' }), 500)).toBe(false);
        expect(schedule.remember(cue({ giftSendId: 'a' }))).toBe(false);
        expect(schedule.add(cue({ giftSendId: 'c', giftSendIds: ['a', 'b', 'c'] }), 0)).toBe(true);
        expect(schedule.remember(cue({ giftSendId: 'b' }))).toBe(false);
        expect(idsOf(schedule.due(10))).toEqual(['a', 'c']);
    });

    it('shows a cue that is up to 5 s late, and drops an older one', () => {
        const schedule = new CueSchedule();
        schedule.add(cue({ giftSendId: 'too old' }), 999);
        schedule.add(cue({ giftSendId: 'just' }), 1_000);
        expect(idsOf(schedule.due(6_000))).toEqual(['just']);
    });

    it('keeps at most 500 waiting, and the dear ones longest', () => {
        const schedule = new CueSchedule();
        schedule.add(cue({ giftSendId: 'dear', tier: 5 }), 10);
        for (let i = 0; i < 700; i++) schedule.add(cue({ giftSendId: `small-${i}` }), 10);
        expect(schedule.size).toBe(500);
        expect(idsOf(schedule.due(10))).toContain('dear');
    });

    it('hands out everything once when the clock starts anew', () => {
        const schedule = new CueSchedule();
        schedule.add(cue({ giftSendId: 'a' }), 9_000);
        expect(idsOf(schedule.drain())).toEqual(['a']);
        expect(schedule.due(99_000)).toEqual([]);
        expect(schedule.add(cue({ giftSendId: 'a' }), 0)).toBe(false);
    });

    it('agrees with a plain model in random runs', () => {
        const seed = Date.now() & 0xffffff;
        const random = seeded(seed);
        const schedule = new CueSchedule();
        const waiting: { id: string; atMs: number; order: number }[] = [];
        const known = new Set<string>();
        let nowMs = 0;
        for (let step = 0; step < 3_000; step++) {
            if (random() < 0.6 && waiting.length < 400) {
                const id = `s${Math.floor(random() * 2_000)}`;
                const atMs = nowMs + Math.floor(random() * 2_000) - 200;
                expect(schedule.add(cue({ giftSendId: id }), atMs), `seed ${seed}`).toBe(!known.has(id));
                if (!known.has(id)) waiting.push({ id, atMs, order: step });
                known.add(id);
            } else {
                nowMs += Math.floor(random() * 300);
                const expected = waiting.filter((one) => one.atMs <= nowMs).sort((a, b) => a.atMs - b.atMs || a.order - b.order);
                for (const one of expected) waiting.splice(waiting.indexOf(one), 1);
                expect(idsOf(schedule.due(nowMs)), `seed ${seed}, step ${step}`).toEqual(expected.map((one) => one.id));
            }
        }
    });
});
