// How old a picture is when a viewer sees it: publishes the clock as a picture, watches it in Chromium through HTTP-FLV and through low-latency HLS
// at once, and reads the clock back out of the pictures shown, once a second.
// node scripts/glass-to-glass.mjs PLATFORM_URL [MINUTES] [CHROMIUM]; the platform needs dev auth, ffmpeg has to be on the PATH.
// Prints a line a minute, and all of it as JSON at the end. What is counted begins when a picture is made, before the encoder.
import { spawn } from 'node:child_process';
import { life, until } from '../e2e/finance-life.mjs';
import { launch } from '../e2e/live-player.mjs';

const [platformUrl, minutes = '1', executablePath] = process.argv.slice(2);
const BITS = 24; // of milliseconds: more than four hours
const SIDE = 32; // of the square that shows a bit
const HEIGHT = 432;

const { token, post } = life(platformUrl);
const creator = await token('glass-creator', 'creator');
const { liveId, streamKey, rtmpUrl } = await post(creator, '/v1/lives', { title: 'Glass to glass', tags: [] });
const originMs = Date.now();
const publisher = spawn('ffmpeg', encoder(rtmpUrl, liveId, streamKey), { stdio: ['ignore', 'inherit', 'inherit'] });
const browsers = [];
try {
    const seen = { flv: [], hls: [] };
    await until('the live to be on air', async () => (await (await fetch(`${platformUrl}/v1/lives/${liveId}`)).json()).state === 'active');
    for (const format of Object.keys(seen)) {
        const browser = await launch(executablePath);
        browsers.push(browser);
        const tab = await browser.newPage();
        await tab.goto(`${platformUrl}/watch/${liveId}${format === 'hls' ? '?format=hls' : ''}`);
        await tab.evaluate(readClock, { BITS, SIDE, HEIGHT });
        await until(`${format} to play`, () => tab.evaluate(() => window.clockMs() !== null));
        seen[format].tab = tab;
    }
    const endMs = Date.now() + Number(minutes) * 60_000;
    let lineMs = Date.now() + 60_000;
    while (Date.now() < endMs) {
        await new Promise((resolve) => setTimeout(resolve, 1000));
        for (const ages of Object.values(seen)) {
            const [shownMs, nowMs] = await ages.tab.evaluate(() => [window.clockMs(), Date.now()]);
            ages.push(nowMs - originMs - shownMs);
        }
        if (Date.now() >= lineMs) {
            lineMs += 60_000;
            console.log(`${new Date().toISOString().slice(11, 19)}  ${Object.entries(seen).map(([format, ages]) => `${format} ${text(ages.slice(-60))}`).join('  ')}`);
        }
    }
    console.log(JSON.stringify(Object.fromEntries(Object.entries(seen).map(([format, ages]) => [format, summary(ages)]))));
} finally {
    await Promise.all(browsers.map((browser) => browser.close()));
    publisher.kill('SIGINT');
}

/** Encodes squares, light for 1 and dark for 0, lowest bit first: the milliseconds since the origin. */
function encoder(server, live, key) {
    const picture = [
        `color=black:size=${BITS}x2:rate=25`,
        'format=yuv420p',
        'settb=1/1000',
        `setpts=(RTCTIME-${originMs}000)/(TB*1000000)`,
        "geq=lum='16+219*mod(floor(T*1000/pow(2,X)),2)':cb=128:cr=128",
        'setpts=PTS-STARTPTS', // else sound, which begins at 0, would hold the pictures back in the muxer
        `scale=${BITS * SIDE}:${SIDE}:flags=neighbor`,
        `pad=${BITS * SIDE}:${HEIGHT}:0:(oh-ih)/2`,
    ];
    return [
        ...['-v', 'error', '-re', '-f', 'lavfi', '-i', picture.join(','), '-re', '-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=48000'],
        ...['-fps_mode', 'passthrough', '-enc_time_base:v', '1/1000', '-c:v', 'libx264', '-preset', 'veryfast', '-tune', 'zerolatency', '-g', '50'],
        ...['-b:v', '1M', '-c:a', 'aac', '-b:a', '96k'],
        ...['-f', 'flv', `${server}/${live}?key=${key}`],
    ];
}

/** In the page: reads the clock from the picture that is shown; null while there is none. */
function readClock({ BITS, SIDE, HEIGHT }) {
    const canvas = new OffscreenCanvas(BITS * SIDE, HEIGHT).getContext('2d', { willReadFrequently: true });
    const find = (root) => root.querySelector('video') ?? [...root.querySelectorAll('*')].map((element) => element.shadowRoot && find(element.shadowRoot)).find(Boolean);
    window.clockMs = () => {
        const video = find(document);
        if (!video || video.readyState < 2 || video.paused) return null;
        canvas.drawImage(video, 0, 0, BITS * SIDE, HEIGHT);
        let ms = 0;
        for (let bit = 0; bit < BITS; bit++) {
            if (canvas.getImageData(bit * SIDE + SIDE / 2, HEIGHT / 2, 1, 1).data[1] > 128) ms += 2 ** bit;
        }
        return ms;
    };
}

function summary(ages) {
    const sorted = [...ages].sort((a, b) => a - b);
    const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
    return { samples: sorted.length, p50: at(0.5), p99: at(0.99), max: sorted.at(-1), lastMinuteP50: [...ages.slice(-60)].sort((a, b) => a - b)[Math.floor(Math.min(60, ages.length) / 2)] };
}

function text(ages) {
    const { p50, max } = summary(ages);
    return `p50 ${p50} max ${max} ms`;
}
