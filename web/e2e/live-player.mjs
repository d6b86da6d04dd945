// What the browser tests of the player share: a server for pages with the built player, a browser, and waiting.
import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

export const patienceMs = 60_000;
const built = fileURLToPath(new URL('../target/classes/static/', import.meta.url));
const types = { '.js': 'text/javascript', '.mjs': 'text/javascript', '.html': 'text/html', '.webp': 'image/webp' };

/** A page with the player alone. */
export const playerPage = (mediaUrl, liveId, format) => `<!doctype html><title>${format}</title><script type="module" src="/embed/confetti-player.js"></script>
<confetti-player style="width:320px" format="${format}" src="${mediaUrl}/live/${liveId}.flv"></confetti-player>`;

/** Serves pages by their paths, other files by theirs, and what was built; its address is `url`. */
export async function serve(pages, files = {}) {
    const server = createServer((request, response) => {
        const path = normalize(new URL(request.url, 'http://page.invalid').pathname);
        if (path in pages) return response.writeHead(200, { 'content-type': 'text/html' }).end(pages[path]);
        const file = files[path] ?? join(built, path);
        if (!existsSync(file)) return response.writeHead(404).end();
        response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' });
        createReadStream(file).pipe(response);
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

export const launch = (executablePath = '/usr/bin/chromium') =>
    chromium.launch({
        executablePath,
        args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--autoplay-policy=no-user-gesture-required'],
    });

/** Opens a page in a window of its own, so that none is in the background; `faults` gets what fails on it, `onRequest` what it asks for. */
export async function open(browser, url, faults, onRequest = () => {}) {
    const tab = await (await browser.newContext()).newPage();
    tab.setDefaultTimeout(patienceMs);
    tab.on('pageerror', (error) => faults.push(`${url}: ${error}`));
    tab.on('request', onRequest);
    await tab.goto(url);
    return tab;
}

/** Has a page note each picture that its player shows, in `window.pictures`: when, its media time, and its mean colour. */
export const notePictures = (tab) =>
    tab.evaluate(() => {
        const video = document.querySelector('confetti-player').shadowRoot.querySelector('video');
        const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
        window.pictures = [];
        const look = (_, { mediaTime }) => {
            canvas.drawImage(video, 0, 0, 1, 1);
            const [red, green, blue] = canvas.getImageData(0, 0, 1, 1).data;
            window.pictures.push({ mediaMs: Math.round(mediaTime * 1000), epochMs: Date.now(), red, green, blue });
            if (window.pictures.length > 5000) window.pictures.shift();
            video.requestVideoFrameCallback(look);
        };
        video.requestVideoFrameCallback(look);
    });

export async function until(what, condition) {
    const deadline = Date.now() + patienceMs;
    while (!(await condition())) {
        if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
}
