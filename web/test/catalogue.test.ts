import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readWebp } from '../scripts/webp-info.mjs';
import { giftsToShow, tabs } from '../src/tray/gift-filter';

interface Entry {
    giftId: string;
    name: string;
    coins: number;
    tier: number;
    durationMs: number;
}

const dir = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../public/gifts');
const gifts = JSON.parse(readFileSync(join(dir, '../../gifts.json'), 'utf8')) as Entry[];


describe('the catalogue', () => {
    it('has 200 or more gifts in five tiers, sorted by price, with ids of their own', () => {
        expect(gifts.length).toBeGreaterThanOrEqual(200);
        expect(new Set(gifts.map((gift) => gift.giftId)).size).toBe(gifts.length);
        expect(new Set(gifts.map((gift) => gift.name)).size).toBe(gifts.length);
        expect(gifts.map((gift) => gift.coins)).toEqual(gifts.map((gift) => gift.coins).sort((a, b) => a - b));
        for (const gift of gifts) {
            expect(gift.giftId).toMatch(/^[a-z0-9-]{1,64}$/);
            expect(gift.tier, gift.giftId).toBe(gift.coins < 10 ? 1 : gift.coins < 100 ? 2 : gift.coins < 1_000 ? 3 : gift.coins < 10_000 ? 4 : 5);
            expect(gift.coins, gift.giftId).toBeLessThanOrEqual(50_000);
            expect(gift.durationMs, gift.giftId).toSatisfy((ms: number) => ms >= 1_500 && ms <= 6_100);
        }
        expect(new Set(gifts.map((gift) => gift.tier))).toEqual(new Set([1, 2, 3, 4, 5]));
    });

    it('has for each gift an animation that runs whole loops in its time, and a still thumbnail; no file besides', () => {
        for (const gift of gifts) {
            const animation = readWebp(readFileSync(join(dir, `${gift.giftId}.webp`)));
            expect(animation.animated, gift.giftId).toBe(true);
            expect(gift.durationMs % animation.frameMs.reduce((a, b) => a + b, 0), gift.giftId).toBe(0);
            expect(readWebp(readFileSync(join(dir, `${gift.giftId}-thumb.webp`))).animated, gift.giftId).toBe(false);
        }
        expect(readdirSync(dir).length).toBe(2 * gifts.length + 1);
        expect(readFileSync(join(dir, 'LICENSE-fluent-emoji.txt'), 'utf8')).toContain('Permission is hereby granted, free of charge');
    });

    it('stays below 40 MB', () => {
        const bytes = readdirSync(dir).reduce((sum, name) => sum + statSync(join(dir, name)).size, 0);
        expect(bytes).toBeLessThan(40_000_000);
    });
});

describe('the tray', () => {
    const offered = gifts.map((gift) => ({ ...gift, animationUrl: '', thumbnailUrl: '' }));
    const ids = (tier: number, search: string) => giftsToShow(offered, tier, search).map((gift) => gift.giftId);

    it('shows all gifts, those of a tier, or those that a search names', () => {
        expect(ids(0, '')).toHaveLength(gifts.length);
        expect(ids(5, '')).toEqual(['rocket', 'cruise-ship', 'flying-saucer', 'unicorn', 'ringed-planet', 'milky-way', 'dragon']);
        expect(ids(0, ' DRAGON ')).toEqual(['dragon-head', 'dragon']);
        expect(ids(0, 'heart blue')).toEqual(['blue-heart']);
        expect(ids(5, 'heart')).toEqual([]);
    });

    it('has a tab for all and one for each tier', () => {
        expect(tabs.map((tab) => tab.tier)).toEqual([0, 1, 2, 3, 4, 5]);
    });
});
