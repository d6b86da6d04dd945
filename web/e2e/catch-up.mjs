// Plays a live in a real browser through a proxy that stands still for some seconds, and waits until the player has caught up by itself.
// node e2e/catch-up.mjs MEDIA_URL LIVE_ID flv|hls STALL_MS BEHIND_MS [CHROMIUM]; prints one line of JSON when the player is less than BEHIND_MS further
// behind the live than before, or fails with what it waited for.
import { createServer, request as ask } from 'node:http';
import { launch, notePictures, open, playerPage, serve, until } from './live-player.mjs';

const [mediaUrl, liveId, format, stallMs, behindMs, executablePath] = process.argv.slice(2);
let stalled = false;
const held = new Set();
const goOn = () => {
    stalled = false;
    for (const resume of held) resume();
    held.clear();
};
const proxy = createServer((request, response) => {
    const pass = () => {
        const upstream = ask(new URL(request.url, mediaUrl), { method: request.method, headers: request.headers }, (answer) => {
            response.writeHead(answer.statusCode, answer.headers);
            answer.on('data', (bytes) => {
                response.write(bytes);
                if (stalled) {
                    answer.pause();
                    held.add(() => answer.resume());
                }
            });
            answer.on('end', () => response.end());
        });
        upstream.on('error', () => response.destroy());
        response.on('close', () => upstream.destroy());
        request.pipe(upstream);
    };
    if (stalled) held.add(pass);
    else pass();
});
await new Promise((resolve) => proxy.listen(0, '127.0.0.1', resolve));
const server = await serve({ '/': playerPage(`http://127.0.0.1:${proxy.address().port}`, liveId, format) });
const browser = await launch(executablePath);
try {
    const faults = [];
    const tab = await open(browser, `${server.url}/`, faults);
    let reconnects = 0;
    tab.on('console', (message) => (reconnects += message.text().startsWith('confetti: reconnecting') ? 1 : 0));
    await notePictures(tab);
    await until('three seconds of pictures', () => tab.evaluate(() => window.pictures.length > 75));
    await until('its usual distance', () => tab.evaluate((ms) => document.querySelector('confetti-player').latencyMs() < ms, Number(behindMs)));
    // A picture's delay is its time on the clock less its media time, whose zero is anywhere: only differences count.
    const delayMs = () => tab.evaluate(() => Math.max(...window.pictures.slice(-5).map(({ epochMs, mediaMs }) => epochMs - mediaMs)));
    const usualMs = await delayMs();
    const from = await tab.evaluate(() => window.pictures.length - 1);
    stalled = true;
    await new Promise((resolve) => setTimeout(resolve, Number(stallMs)));
    goOn();
    // It stood still for so long: at that moment it was as far behind, whatever it did then.
    const heldMs = () => tab.evaluate((i) => Math.max(0, ...window.pictures.slice(i + 1).map(({ epochMs }, n) => epochMs - window.pictures[i + n].epochMs)), from);
    await until('pictures again', async () => (await tab.evaluate(() => Date.now() - window.pictures.at(-1).epochMs)) < 1_000 && (await heldMs()) >= 1_000);
    await until(`less than ${behindMs} ms more than before`, async () => (await delayMs()) - usualMs < Number(behindMs));
    await until('its usual speed', () =>
        tab.evaluate(() => document.querySelector('confetti-player').shadowRoot.querySelector('video').playbackRate === 1),
    );
    if (faults.length > 0) throw new Error(`errors on the page: ${faults.join('; ')}`);
    const latencyMs = await tab.evaluate(() => document.querySelector('confetti-player').latencyMs());
    console.log(JSON.stringify({ heldMs: await heldMs(), behindMs: (await delayMs()) - usualMs, latencyMs, reconnects }));
} finally {
    await browser.close();
    server.close();
    proxy.closeAllConnections();
    proxy.close();
}
