#!/usr/bin/env node
// Makes public/gifts/ and gifts.json from unpacked packages of animated Fluent Emoji.
//
//   npm pack @lobehub/fluent-emoji-anim-1 … -4 && tar xzf … (each into a folder of its own)
//   npm install --no-save sharp
//   node scripts/choose-gifts.mjs DIR/package [DIR/package …]
//
// What was chosen, under which name and at which price, stands in gift-choice.mjs. Only files that are really animated are taken. Cheap gifts
// are shown small and come often, so they get fewer pixels and frames; dear ones keep theirs.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { choice } from './gift-choice.mjs';
import { readWebp } from './webp-info.mjs';

const webDir = join(dirname(fileURLToPath(import.meta.url)), '..');
const giftsDir = join(webDir, 'public/gifts');
const thumbPx = 96;

/** Per tier: lowest price, edge in px, every how many-th frame is kept, shortest time on screen. */
const tiers = [
    { tier: 1, fromCoins: 1, edgePx: 144, keepEvery: 2, minMs: 1_500, quality: 60 },
    { tier: 2, fromCoins: 10, edgePx: 160, keepEvery: 2, minMs: 2_000, quality: 60 },
    { tier: 3, fromCoins: 100, edgePx: 208, keepEvery: 2, minMs: 2_500, quality: 65 },
    { tier: 4, fromCoins: 1_000, edgePx: 256, keepEvery: 1, minMs: 3_500, quality: 60 },
    { tier: 5, fromCoins: 10_000, edgePx: 256, keepEvery: 1, minMs: 4_500, quality: 65 },
];
const maxMs = 6_100;

const packageDirs = process.argv.slice(2);
if (packageDirs.length === 0) {
    console.error('usage: choose-gifts.mjs PACKAGE_DIR [PACKAGE_DIR …]  (each an unpacked @lobehub/fluent-emoji-anim-N)');
    process.exit(2);
}
const sharp = loadSharp();

mkdirSync(giftsDir, { recursive: true });
for (const name of readdirSync(giftsDir)) {
    if (name.endsWith('.webp')) rmSync(join(giftsDir, name));
}
const gifts = [];
for (const [codePoints, name, coins] of choice) {
    gifts.push(await makeGift(codePoints, name, coins));
}
gifts.sort((a, b) => a.coins - b.coins || a.giftId.localeCompare(b.giftId));
const lines = gifts.map((gift) => '  ' + JSON.stringify(gift));
writeFileSync(join(webDir, 'gifts.json'), `[\n${lines.join(',\n')}\n]\n`);
console.log(`${gifts.length} gifts`);

async function makeGift(codePoints, name, coins) {
    const source = sourceOf(codePoints);
    const original = readWebp(readFileSync(source));
    if (!original.animated || original.frameMs.length < 2) throw new Error(`${name}: ${source} is not animated`);
    const rule = tiers.findLast((tier) => coins >= tier.fromCoins);
    const giftId = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
    const { width, pages } = await rawPages(source, rule.edgePx);

    const kept = pages.filter((_, i) => i % rule.keepEvery === 0);
    const delay = kept.map((_, k) => sum(original.frameMs.slice(k * rule.keepEvery, (k + 1) * rule.keepEvery)));
    const webp = await sharp(Buffer.concat(kept), { raw: { width, height: width * kept.length, channels: 4, pageHeight: width } })
        .webp({ quality: rule.quality, alphaQuality: 60, effort: 5, loop: 0, delay })
        .toBuffer();
    writeFileSync(join(giftsDir, `${giftId}.webp`), webp);

    const still = await sharp(stillOf(pages), { raw: { width, height: width, channels: 4 } })
        .resize(thumbPx)
        .webp({ quality: 80 })
        .toBuffer();
    writeFileSync(join(giftsDir, `${giftId}-thumb.webp`), still);

    const loopMs = sum(readWebp(webp).frameMs);
    return { giftId, name, coins, tier: rule.tier, durationMs: wholeLoopsMs(loopMs, rule.minMs) };
}

function sourceOf(codePoints) {
    const source = packageDirs.map((dir) => join(dir, 'assets', `${codePoints}.webp`)).find(existsSync);
    if (!source) throw new Error(`${codePoints}.webp is in none of ${packageDirs.join(', ')}`);
    return source;
}

/** All frames, drawn out to whole square RGBA pictures. */
async function rawPages(source, edgePx) {
    const { data, info } = await sharp(source, { animated: true })
        .resize({ width: edgePx, height: edgePx })
        .ensureAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true });
    const pageBytes = info.width * info.width * 4;
    const pages = [];
    for (let at = 0; at + pageBytes <= data.length; at += pageBytes) pages.push(data.subarray(at, at + pageBytes));
    return { width: info.width, pages };
}

/** The first frame; where the animation starts (nearly) empty, its fullest frame. */
function stillOf(pages) {
    const covered = pages.map((page) => {
        let opaque = 0;
        for (let at = 3; at < page.length; at += 4) if (page[at] > 128) opaque++;
        return opaque;
    });
    const fullest = Math.max(...covered);
    return covered[0] >= 0.6 * fullest ? pages[0] : pages[covered.indexOf(fullest)];
}

/** Whole loops, at least `minMs` long where that does not pass the longest allowed time. */
function wholeLoopsMs(loopMs, minMs) {
    const loops = Math.max(1, Math.min(Math.ceil(minMs / loopMs), Math.floor(maxMs / loopMs)));
    return loops * loopMs;
}

function sum(numbers) {
    return numbers.reduce((a, b) => a + b, 0);
}

function loadSharp() {
    try {
        return createRequire(join(process.env.SHARP_DIR ?? webDir, 'package.json'))('sharp');
    } catch {
        console.error('this needs sharp, which the build does not: npm install --no-save sharp');
        process.exit(2);
    }
}
