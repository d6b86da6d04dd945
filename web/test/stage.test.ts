import { describe, expect, it } from 'vitest';
import { Stage } from '../src/stage/stage';
import { cue, seeded } from './cues';

describe('the stage', () => {
    it('gives each tier its own lane', () => {
        const stage = new Stage();
        for (const tier of [1, 2, 3, 4]) stage.offer(cue({ giftSendId: `s${tier}`, tier }), 0);
        expect(stage.acts('small').map((act) => act.cue.tier)).toEqual([1, 2]);
        expect(stage.acts('medium').map((act) => act.cue.tier)).toEqual([3]);
        expect(stage.acts('large').map((act) => act.cue.tier)).toEqual([4]);
    });

    it('lets the count of a combo tick up in one card, which stays longer', () => {
        const stage = new Stage();
        const of = (id: string, comboCount: number) => cue({ giftSendId: id, comboId: 'c', comboCount });
        stage.offer(of('a', 1), 0);
        stage.offer(of('b', 6), 3_000);
        stage.offer(of('late repeat', 5), 3_000);
        expect(stage.acts('small')).toHaveLength(1);
        expect(stage.acts('small')[0]).toMatchObject({ count: 6, bumps: 2, untilMs: 5_200 });
        stage.tick(5_199);
        expect(stage.acts('small')).toHaveLength(1);
        stage.tick(5_200);
        expect(stage.idle).toBe(true);
    });

    it('does not let an endless combo hold the stage for more than 20 s', () => {
        const stage = new Stage();
        for (let s = 0; s < 20; s++) stage.offer(cue({ giftSendId: `s${s}`, comboId: 'c', comboCount: s + 1, tier: 4 }), s * 1_000);
        expect(stage.acts('large')[0]?.untilMs).toBe(20_000);
    });

    it('shows large gifts one at a time, in their order', () => {
        const shown: string[] = [];
        const stage = new Stage((one) => shown.push(one.giftSendId));
        stage.offer(cue({ giftSendId: 'a', tier: 5 }), 0);
        stage.offer(cue({ giftSendId: 'b', tier: 4 }), 10);
        expect(shown).toEqual(['a']);
        expect(stage.waiting('large')).toBe(1);
        stage.tick(5_199);
        expect(shown).toEqual(['a']);
        stage.tick(5_200);
        expect(shown).toEqual(['a', 'b']);
        expect(stage.acts('large').map((act) => act.cue.giftSendId)).toEqual(['b']);
    });

    it('shows a large gift for as long as its animation is, and shorter while many wait', () => {
        const stage = new Stage(undefined, (giftId) => (giftId === 'dragon' ? 6_048 : undefined));
        stage.offer(cue({ giftSendId: 'a', giftId: 'dragon', tier: 5 }), 0);
        expect(stage.acts('large')[0]?.untilMs).toBe(6_048);
        for (let i = 0; i < 6; i++) stage.offer(cue({ giftSendId: `b${i}`, giftId: 'dragon', tier: 5 }), 0);
        stage.tick(6_048);
        expect(stage.acts('large')[0]?.untilMs).toBe(6_048 + 3_629);
    });

    it('drops the oldest small gifts of a storm and keeps the dear ones', () => {
        const shown: string[] = [];
        const stage = new Stage((one) => shown.push(one.giftSendId));
        for (let i = 0; i < 1_000; i++) stage.offer(cue({ giftSendId: `s${i}`, tier: 1 }), 0);
        stage.offer(cue({ giftSendId: 'tier 2', tier: 2 }), 0);
        for (let i = 0; i < 100; i++) stage.offer(cue({ giftSendId: `t${i}`, tier: 1 }), 0);
        expect(stage.acts('small')).toHaveLength(4);
        expect(stage.waiting('small')).toBe(24);
        stage.tick(4_000);
        expect(shown.slice(4)).toEqual(['tier 2', 't77', 't78', 't79']);
    });

    it('is bounded and forgets nothing dear in random storms', () => {
        const seed = Date.now() & 0xffffff;
        const random = seeded(seed);
        const shown = new Set<string>();
        const stage = new Stage((one) => shown.add(one.giftSendId));
        const dear: string[] = [];
        let nowMs = 0;
        for (let i = 0; i < 5_000; i++) {
            const tier = random() < 0.002 ? 5 : 1 + Math.floor(random() * 3);
            if (tier === 5) dear.push(`s${i}`);
            stage.offer(cue({ giftSendId: `s${i}`, tier }), (nowMs += Math.floor(random() * 100)));
            const onScreen = stage.acts('small').length + stage.acts('medium').length + stage.acts('large').length;
            expect(onScreen, `seed ${seed}`).toBeLessThanOrEqual(6);
            expect(stage.waiting('small') + stage.waiting('medium'), `seed ${seed}`).toBeLessThanOrEqual(36);
        }
        while (!stage.idle) stage.tick((nowMs += 1_000));
        expect(dear.filter((id) => !shown.has(id)), `seed ${seed}`).toEqual([]);
    });
});
