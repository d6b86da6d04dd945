// Plays a live over low-latency HLS in a real browser, with the built player, and compares each gift with the picture it appears at; then plays it
// by segments alone; and, where node_modules has shaka-player (npm install --no-save shaka-player), with Shaka's.
// node e2e/hls.mjs MEDIA_URL LIVE_ID GIFTS [CHROMIUM]; waits for so many gifts, prints one line of JSON, or fails with what it waited for.
// The live's pictures are expected to be of one grey each, 16 + 8 * (number % 25), 25 a second: the picture itself says where it stands.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { launch, notePictures, open, playerPage, serve, until } from './live-player.mjs';

const [mediaUrl, liveId, gifts, executablePath] = process.argv.slice(2);
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
player.addEventListener('error', ({ detail }) => window.faults.push('shaka: ' + detail.code + ' ' + detail.message));
player.configure('streaming.lowLatencyMode', true);
await player.attach(document.querySelector('video'));
await player.load('${mediaUrl}/live/${liveId}/index.m3u8');</script>`;

const server = await serve(
    { '/': playerPage(mediaUrl, liveId, 'hls'), '/plain': plainPage, '/shaka': shakaPage },
    { '/hls.mjs': fileURLToPath(new URL('../node_modules/hls.js/dist/hls.mjs', import.meta.url)), '/shaka.js': shaka },
);
const browser = await launch(executablePath);
try {
    const faults = [];
    const asked = { parts: 0, segments: 0, blocking: 0, flv: 0 };
    const tab = await open(browser, `${server.url}/`, faults, count(asked));
    await notePictures(tab);
    const shown = () => tab.evaluate(() => document.querySelector('confetti-player').shownCues);
    await until('the video to play for two seconds', () => tab.evaluate(() => window.pictures.length > 50));
    console.log('playing');
    await until(`${gifts} gifts`, async () => (await shown()).length >= Number(gifts));
    const cues = await tab.evaluate(() =>
        document.querySelector('confetti-player').shownCues.map((cue) => {
            // The stage is told of a picture before this page is, and may have been busy with it.
            const { mediaMs, green } = window.pictures.filter(({ epochMs }) => epochMs <= cue.shownAtEpochMs + 30).at(-1);
            return { giftSendId: cue.giftSendId, ptsMs: cue.ptsMs, shownAtMediaMs: cue.shownAtMediaMs, mediaMs, grey: green };
        }),
    );
    const latencyMs = await tab.evaluate(() => document.querySelector('confetti-player').latencyMs());
    const plainAsked = { parts: 0, segments: 0, blocking: 0, flv: 0 };
    const plain = await open(browser, `${server.url}/plain`, faults, count(plainAsked));
    const plainSeconds = () => plain.evaluate(() => document.querySelector('video').played.length && document.querySelector('video').played.end(0) - document.querySelector('video').played.start(0));
    await until('a plain player to play for three seconds', async () => (await plainSeconds()) >= 3);
    const withShaka = existsSync(shaka) ? await playWithShaka(faults) : null;
    if (faults.length > 0) throw new Error(`errors on the page: ${faults.join('; ')}`);
    console.log(JSON.stringify({ cues, latencyMs, ...asked, plain: plainAsked, shaka: withShaka }));
} finally {
    await browser.close();
    server.close();
}

/** Plays for three seconds. */
async function playWithShaka(faults) {
    const asked = { parts: 0, segments: 0, blocking: 0, flv: 0 };
    const tab = await open(browser, `${server.url}/shaka`, faults, count(asked));
    await until('Shaka to play for three seconds', () => tab.evaluate(() => {
        const { played } = document.querySelector('video');
        return window.faults.length > 0 || (played.length > 0 && played.end(played.length - 1) - played.start(0) >= 3);
    }));
    faults.push(...(await tab.evaluate(() => window.faults)));
    return asked;
}

/** Counts what a page asks the gateway for. */
function count(asked) {
    return (request) => {
        const url = request.url();
        if (/-\d+\.\d+\.m4s/.test(url)) asked.parts++;
        else if (/-\d+\.m4s/.test(url)) asked.segments++;
        if (/_HLS_part=/.test(url)) asked.blocking++;
        if (/\.flv/.test(url)) asked.flv++;
    };
}
