// Watches a live that is played by token over HLS in a real browser: the page gets a token, and every request for media shows it.
// node e2e/played-by-token.mjs PLATFORM_URL LIVE_ID [CHROMIUM]; prints one line of JSON, or fails with what it waited for.
import { chromium } from 'playwright-core';

const [platformUrl, liveId, executablePath = '/usr/bin/chromium'] = process.argv.slice(2);
const patienceMs = 90_000;

const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--autoplay-policy=no-user-gesture-required'],
});
try {
    const page = await browser.newPage();
    page.setDefaultTimeout(patienceMs);
    const asked = { playlists: 0, blocking: 0, media: 0, bare: 0, refused: 0, tokens: 0 };
    page.on('request', (request) => {
        const { pathname, searchParams } = new URL(request.url());
        if (pathname.endsWith('/play-tokens')) asked.tokens++;
        if (!pathname.startsWith('/live/')) return;
        if (!searchParams.get('token')) asked.bare++;
        if (pathname.endsWith('.m3u8')) asked.playlists++;
        if (searchParams.has('_HLS_msn')) asked.blocking++;
        if (/\.(m4s|mp4)$/.test(pathname)) asked.media++;
    });
    page.on('response', (response) => {
        if (new URL(response.url()).pathname.startsWith('/live/') && [401, 403].includes(response.status())) asked.refused++;
    });
    await page.goto(`${platformUrl}/watch/${liveId}?format=hls`);
    const video = page.getByTestId('player-video');
    const playedSeconds = () => video.evaluate(({ played }) => (played.length === 0 ? 0 : played.end(played.length - 1) - played.start(0)));
    const deadline = Date.now() + patienceMs;
    while ((await playedSeconds()) < 4) {
        if (Date.now() > deadline) throw new Error(`waited in vain for 4 s of the live, ${JSON.stringify(asked)}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
    console.log(JSON.stringify(asked));
} finally {
    await browser.close();
}
