#!/usr/bin/env node
// A stand-in for the platform, for looking at the built pages: node scripts/mock-server.mjs [PORT] (default 8090, 0 for any)
// Serves target/classes/static, an API that keeps everything in memory, and an FLV loop made by ffmpeg with gifts as SEI. For development only.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FlvLoop } from './mock-flv.mjs';

const web = join(dirname(fileURLToPath(import.meta.url)), '..');
const root = join(web, 'target/classes/static');
const gifts = JSON.parse(readFileSync(join(web, 'gifts.json'), 'utf8')).map((gift) => ({
    ...gift,
    animationUrl: `/gifts/${gift.giftId}.webp`,
    thumbnailUrl: `/gifts/${gift.giftId}-thumb.webp`,
}));
const packages = [
    { packageId: 'coins-100', coins: 100, bonusCoins: 0, price: { amountMinor: 99, currency: 'EUR' } },
    { packageId: 'coins-550', coins: 500, bonusCoins: 50, price: { amountMinor: 499, currency: 'EUR' } },
    { packageId: 'coins-12000', coins: 10_000, bonusCoins: 2_000, price: { amountMinor: 8_999, currency: 'EUR' } },
    { packageId: 'coins-130000', coins: 100_000, bonusCoins: 30_000, price: { amountMinor: 84_999, currency: 'EUR' } },
];
const lives = ['Night Synth Session:Ana Ruiz:music,synth', 'Speed chess, all comers:Björn:chess,games', 'Baking bread with Mei:Mei 美:baking'].map((line, i) => {
    const [title, creatorName, tags] = line.split(':');
    return { liveId: `live-${i + 1}`, title, creatorName, creatorId: `creator-${i + 1}`, tags: tags.split(','), state: 'active', viewers: 1_284 >> (i * 3) };
});
const state = { spendable: 40, answers: new Map(), combos: new Map(), board: new Map(), boardListeners: new Set(), giftListeners: new Set(), sends: 0, failNext: 0 };
const flv = new FlvLoop(makeClip());
let base = '';

const server = createServer(async (request, response) => {
    const url = new URL(request.url, base);
    const body = request.method === 'POST' ? JSON.parse((await readAll(request)) || '{}') : undefined;
    const key = request.headers['idempotency-key'];
    const route = `${request.method} ${url.pathname}`;
    if (state.failNext > 0 && body && url.pathname === '/v1/gift-sends') {
        state.failNext--;
        return request.socket.destroy();
    }
    if (key && state.answers.has(key)) return json(response, 200, state.answers.get(key));
    switch (true) {
        case route === 'GET /v1/gifts': return json(response, 200, { gifts });
        case route === 'GET /v1/coin-packages': return json(response, 200, { packages });
        case route === 'GET /v1/lives': return json(response, 200, { lives: lives.filter((live) => live.state !== 'ended').map(withUrls), nextCursor: null });
        case route === 'POST /v1/dev/tokens': return json(response, 200, { token: `mock.${body.sub}` });
        case route === 'GET /v1/wallet': return json(response, 200, { viewerId: 'me', coins: { paid: state.spendable, promo: 0, frozen: 0, debt: 0 }, spendable: state.spendable, blocked: false, limits: {} });
        case route === 'POST /v1/coin-purchases': return buy(response, key, body);
        case route === 'POST /v1/gift-sends': return send(response, key, body);
        // knobs of the mock: POST /mock/live-1/away, POST /mock/fail/2, POST /mock/gap/10000, POST /mock/gift {"giftId","viewerName",…}, POST /mock/cut
        case route === 'POST /mock/gift': deliver(body.giftId, body.viewerName ?? 'Zoe', body.quantity ?? 1, body.comboId, body.comboCount); return json(response, 200, {});
        case route === 'POST /mock/cut': flv.cut(); return json(response, 200, {});
        case route.startsWith('POST /mock/gap/'): flv.gap(Number(url.pathname.split('/')[3])); return json(response, 200, {});
        case route.startsWith('POST /mock/fail/'): state.failNext = Number(url.pathname.split('/')[3]); return json(response, 200, {});
        case route.startsWith('POST /mock/'): lives.find((live) => live.liveId === url.pathname.split('/')[2]).state = url.pathname.split('/')[3]; return json(response, 200, {});
        case route.startsWith('GET /v1/lives/'): {
            const live = lives.find((one) => one.liveId === url.pathname.split('/')[3]);
            return live ? json(response, 200, withUrls(live)) : problem(response, 404, 'unknown-live', {});
        }
        case route.startsWith('GET /v1/leaderboards/'):
            if (request.headers.accept?.includes('text/event-stream')) return listen(response, state.boardListeners, `event: standings\ndata: ${JSON.stringify(board())}\n\n`);
            return json(response, 200, board());
        case url.pathname.endsWith('.flv'): return flv.play(response);
        case url.pathname.startsWith('/live/'): return listen(response, state.giftListeners, ': welcome\n\n');
        default: return file(response, url.pathname);
    }
});

function buy(response, key, { packageId }) {
    const offer = packages.find((one) => one.packageId === packageId);
    if (!offer) return problem(response, 404, 'unknown-package', {});
    state.spendable += offer.coins + offer.bonusCoins;
    const answer = { purchaseId: crypto.randomUUID(), status: 'completed' };
    state.answers.set(key, answer);
    return json(response, 201, answer);
}

function send(response, key, { liveId, giftId, quantity, comboId }) {
    const gift = gifts.find((one) => one.giftId === giftId);
    if (lives.find((live) => live.liveId === liveId)?.state === 'ended') return problem(response, 409, 'live-not-active', { state: 'ended' });
    const coins = gift.coins * quantity;
    if (coins > state.spendable) return problem(response, 409, 'insufficient-coins', { spendable: state.spendable, needed: coins });
    state.spendable -= coins;
    const combo = comboId ?? crypto.randomUUID();
    const count = (state.combos.get(combo) ?? 0) + quantity;
    state.combos.set(combo, count);
    const giftSendId = deliver(giftId, 'You', quantity, combo, count);
    const answer = { giftSendId, coins, spendable: state.spendable, comboId: combo, comboCount: count, position: state.sends };
    state.answers.set(key, answer);
    return json(response, 201, answer);
}

function deliver(giftId, viewerName, quantity, comboId = crypto.randomUUID(), comboCount = quantity) {
    const gift = gifts.find((one) => one.giftId === giftId);
    const cue = {
        giftSendId: crypto.randomUUID(), giftId, giftName: gift.name, animationUrl: gift.animationUrl, tier: gift.tier, quantity, comboId, comboCount,
        viewerId: viewerName.toLowerCase(), viewerName, coins: gift.coins * quantity, sentAt: new Date().toISOString(), ptsMs: 0,
    };
    flv.insert(cue);
    state.sends++;
    for (const listener of state.giftListeners) listener.write(`event: gift\nid: ${state.sends}\ndata: ${JSON.stringify(cue)}\n\n`);
    const former = board().standings;
    state.board.set(viewerName, (state.board.get(viewerName) ?? 0) + cue.coins);
    const { standings, ...rest } = board();
    // Not the fewest, as the service finds them: all lines that are not where they were.
    const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
    const changes = {
        ...rest,
        first: 1,
        removed: former.flatMap((line, index) => (same(line, standings[index]) ? [] : [index])),
        standings: standings.filter((line, index) => !same(line, former[index])),
    };
    for (const listener of state.boardListeners) listener.write(`event: changes\ndata: ${JSON.stringify(changes)}\n\n`);
    return cue.giftSendId;
}

function board() {
    const standings = [...state.board].sort((a, b) => b[1] - a[1]).slice(0, 10).map(([name, coins], i) => ({ rank: i + 1, member: name.toLowerCase(), name, coins }));
    return { board: 'live/live-1', window: null, asOf: new Date().toISOString(), standings };
}

function withUrls(live) {
    return { ...live, playUrls: { flv: `${base}/live/${live.liveId}.flv`, gifts: `${base}/live/${live.liveId}/gifts` } };
}

function file(response, path) {
    const name = path.startsWith('/watch/') ? '/watch.html' : path.startsWith('/overlay/') ? '/overlay.html' : path === '/' ? '/index.html' : normalize(path);
    const full = join(root, name);
    if (!full.startsWith(root) || !existsSync(full)) return problem(response, 404, 'not-found', { path });
    const type = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.webp': 'image/webp', '.svg': 'image/svg+xml', '.txt': 'text/plain' }[extname(full)];
    response.writeHead(200, { 'Content-Type': type, 'Cache-Control': 'max-age=60' }).end(readFileSync(full));
}

function listen(response, listeners, first) {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    response.write(first);
    listeners.add(response);
    response.on('close', () => listeners.delete(response));
}

function json(response, status, value) {
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
}

function problem(response, status, kind, fields) {
    response.writeHead(status, { 'Content-Type': 'application/problem+json' });
    response.end(JSON.stringify({ type: `https://confetti.dev/problems/${kind}`, title: kind, status, ...fields }));
}

async function readAll(stream) {
    const parts = [];
    for await (const part of stream) parts.push(part);
    return Buffer.concat(parts).toString();
}

function makeClip() {
    const clip = join(mkdtempSync(join(tmpdir(), 'confetti-mock-')), 'clip.flv');
    execFileSync('ffmpeg', [
        '-v', 'error', '-f', 'lavfi', '-i', 'gradients=s=960x540:r=25:c0=0x2b0f5a:c1=0xff4d8d:c2=0x1c3a8a:n=3:speed=0.02:d=20', '-f', 'lavfi', '-i', 'sine=f=220:d=20',
        '-c:v', 'libx264', '-preset', 'veryfast', '-tune', 'zerolatency', '-pix_fmt', 'yuv420p', '-g', '25', '-b:v', '800k', '-c:a', 'aac', '-b:a', '64k', '-f', 'flv', clip,
    ]);
    return readFileSync(clip);
}

server.listen(Number(process.argv[2] ?? 8090), '127.0.0.1', () => {
    base = `http://127.0.0.1:${server.address().port}`;
    console.log(`${base}/  ${base}/watch/live-1  ${base}/overlay/live-1`);
    for (const [name, coins] of [['Kim', 5_200], ['Lucía', 3_100], ['Omar', 940], ['Jules', 77], ['Ivy', 12]]) state.board.set(name, coins);
});
