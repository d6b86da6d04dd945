// Plays a live over low-latency HLS in a real browser, with the built player, and compares each gift with the picture it appears at; then plays it
// by segments alone; and, where node_modules has shaka-player (npm install --no-save shaka-player), with Shaka's.
// node e2e/hls.mjs MEDIA_URL LIVE_ID GIFTS [CHROMIUM]; waits for so many gifts ("playing"), for one more with Shaka's player ("shaka playing"), prints
// one line of JSON, or fails with what it waited for.
// The live's pictures are expected to be of one grey each, 16 + 8 * (number % 25), 25 a second: the picture itself says where it stands.
import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const [mediaUrl, liveId, gifts, executablePath = '/usr/bin/chromium'] = process.argv.slice(2);
const patienceMs = 60_000;
const built = fileURLToPath(new URL('../target/classes/static/', import.meta.url));
const types = { '.js': 'text/javascript', '.mjs': 'text/javascript', '.html': 'text/html', '.webp': 'image/webp' };
const page = `<!doctype html><title>HLS</title><script type="module" src="/embed/confetti-player.js"></script>
<confetti-player style="width:320px" format="hls" src="${mediaUrl}/live/${liveId}.flv"></confetti-player>`;

const library = fileURLToPath(new URL('../node_modules/hls.js/dist/hls.mjs', import.meta.url));
const plainPage = `<!doctype html><title>HLS</title><video muted></video><script type="module">
import Hls from '/hls.mjs';
const hls = new Hls({ lowLatencyMode: false });
hls.loadSource('${mediaUrl}/live/${liveId}/index.m3u8');
hls.attachMedia(document.querySelector('video'));
document.querySelector('video').play();</script>`;

const shaka = fileURLToPath(new URL('../node_modules/shaka-player/dist/shaka-player.compiled.js', import.meta.url));
const shakaPage = `<!doctype html><title>HLS</title><video muted autoplay></video><script src="/shaka.js"></script><script type="module">
const player = new shaka.Player();
window.faults = [];
window.gifts = [];
player.addEventListener('error', ({ detail }) => window.faults.push('shaka: ' + detail.code + ' ' + detail.message));
player.addEventListener('metadata', ({ payload, startTime }) => {
    if (payload.description === 'confetti.gift') window.gifts.push({ ptsMs: JSON.parse(payload.data).ptsMs, startTime, before: document.querySelector('video').currentTime });
});
player.configure('streaming.lowLatencyMode', true);
await player.attach(document.querySelector('video'));
await player.load('${mediaUrl}/live/${liveId}/index.m3u8');</script>`;

const server = createServer((request, response) => {
    const path = normalize(new URL(request.url, 'http://page.invalid').pathname);
    const file = path === '/hls.mjs' ? library : path === '/shaka.js' ? shaka : join(built, path);
    if (path === '/shaka') return response.writeHead(200, { 'content-type': 'text/html' }).end(shakaPage);
    if (path === '/plain') return response.writeHead(200, { 'content-type': 'text/html' }).end(plainPage);
    if (path === '/') return response.writeHead(200, { 'content-type': 'text/html' }).end(page);
    if (!existsSync(file)) return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' });
    createReadStream(file).pipe(response);
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));

const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--autoplay-policy=no-user-gesture-required'],
});
try {
    const tab = await browser.newPage();
    tab.setDefaultTimeout(patienceMs);
    const faults = [];
    tab.on('pageerror', (error) => faults.push(String(error)));
    const asked = count(tab);
    await tab.goto(`http://127.0.0.1:${server.address().port}/`);
    await tab.evaluate(() => {
        // Each picture's grey, and when it was there.
        const player = document.querySelector('confetti-player');
        const video = player.shadowRoot.querySelector('video');
        const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
        window.pictures = [];
        const look = (_, { mediaTime }) => {
            canvas.drawImage(video, 0, 0, 1, 1);
            window.pictures.push({ mediaMs: Math.round(mediaTime * 1000), epochMs: Date.now(), grey: canvas.getImageData(0, 0, 1, 1).data[1] });
            if (window.pictures.length > 5000) window.pictures.shift();
            video.requestVideoFrameCallback(look);
        };
        video.requestVideoFrameCallback(look);
    });
    const shown = () => tab.evaluate(() => document.querySelector('confetti-player').shownCues);
    await until('the video to play for two seconds', () => tab.evaluate(() => window.pictures.length > 50));
    console.log('playing');
    await until(`${gifts} gifts`, async () => (await shown()).length >= Number(gifts));
    const cues = await tab.evaluate(() =>
        document.querySelector('confetti-player').shownCues.map((cue) => {
            // The stage is told of a picture before this page is, and may have been busy with it.
            const { mediaMs, grey } = window.pictures.filter(({ epochMs }) => epochMs <= cue.shownAtEpochMs + 30).at(-1);
            return { giftSendId: cue.giftSendId, ptsMs: cue.ptsMs, shownAtMediaMs: cue.shownAtMediaMs, mediaMs, grey };
        }),
    );
    const latencyMs = await tab.evaluate(() => document.querySelector('confetti-player').latencyMs());
    const plain = await browser.newPage();
    plain.setDefaultTimeout(patienceMs);
    plain.on('pageerror', (error) => faults.push(`plain: ${error}`));
    const plainAsked = count(plain);
    await plain.goto(`http://127.0.0.1:${server.address().port}/plain`);
    const plainSeconds = () => plain.evaluate(() => document.querySelector('video').played.length && document.querySelector('video').played.end(0) - document.querySelector('video').played.start(0));
    await until('a plain player to play for three seconds', async () => (await plainSeconds()) >= 3);
    const withShaka = existsSync(shaka) ? await playWithShaka(browser, faults) : null;
    if (faults.length > 0) throw new Error(`errors on the page: ${faults.join('; ')}`);
    console.log(JSON.stringify({ cues, latencyMs, ...asked, plain: plainAsked, shaka: withShaka }));
} finally {
    await browser.close();
    server.close();
}

/** Plays for three seconds, then waits for a gift in the timed metadata. */
async function playWithShaka(inBrowser, faults) {
    const tab = await inBrowser.newPage();
    tab.setDefaultTimeout(patienceMs);
    tab.on('pageerror', (error) => faults.push(`shaka: ${error}`));
    const asked = count(tab);
    await tab.goto(`http://127.0.0.1:${server.address().port}/shaka`);
    await until('Shaka to play for three seconds', () => tab.evaluate(() => {
        const { played } = document.querySelector('video');
        return window.faults.length > 0 || (played.length > 0 && played.end(played.length - 1) - played.start(0) >= 3);
    }));
    console.log('shaka playing');
    await until('a gift in Shaka', () => tab.evaluate(() => window.faults.length + window.gifts.length > 0));
    faults.push(...(await tab.evaluate(() => window.faults)));
    return { gifts: await tab.evaluate(() => window.gifts), ...asked };
}

/** What a page asks the gateway for, from now on. */
function count(tab) {
    const asked = { parts: 0, segments: 0, blocking: 0, flv: 0 };
    tab.on('request', (request) => {
        const url = request.url();
        if (/-\d+\.\d+\.m4s/.test(url)) asked.parts++;
        else if (/-\d+\.m4s/.test(url)) asked.segments++;
        if (/_HLS_part=/.test(url)) asked.blocking++;
        if (/\.flv/.test(url)) asked.flv++;
    });
    return asked;
}

async function until(what, condition) {
    const deadline = Date.now() + patienceMs;
    while (!(await condition())) {
        if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
}
