// Plays a live over FLV and over low-latency HLS in a real browser while its publisher goes, is away, and comes back; others come in between.
// node e2e/slate.mjs MEDIA_URL LIVE_ID GIFTS SCREENSHOTS_FOLDER [CHROMIUM]; prints "playing", then waits for the slate (the publisher is to go),
// prints "slate", waits for so many gifts on it, prints "gifts", waits for the publisher, and prints one line of JSON; or fails with what it waited for.
// The publisher's pictures are expected to be grey, those of the slate are not.
import { join } from 'node:path';
import { launch, notePictures, open, playerPage, serve, until } from './live-player.mjs';

const [mediaUrl, liveId, gifts, folder, executablePath] = process.argv.slice(2);
const formats = ['flv', 'hls'];
const server = await serve(Object.fromEntries(formats.map((format) => [`/${format}`, playerPage(mediaUrl, liveId, format)])));
const browser = await launch(executablePath);
try {
    const faults = [];
    const players = [];
    const come = async (name) => {
        for (const format of formats) {
            const tab = await open(browser, `${server.url}/${format}`, faults);
            const player = { name: `${format} ${name}`, tab, reconnects: 0 };
            tab.on('console', (message) => (player.reconnects += message.text().startsWith('confetti: reconnecting') ? 1 : 0));
            await notePictures(tab);
            players.push(player);
        }
    };
    const all = (what, condition, argument) =>
        Promise.all(players.map(({ name, tab }) => until(`${what} in ${name}`, () => tab.evaluate(condition, argument))));
    const shoot = (when) =>
        Promise.all(players.map(({ name, tab }) => tab.locator('confetti-player').screenshot({ path: join(folder, `${name.replace(' ', '-')}-${when}.png`) })));

    await come('early');
    await all('the publisher', () => window.pictures.filter(({ red, blue }) => blue - red < 15).length > 25);
    console.log('playing');
    await all('the slate', () => window.pictures.filter(({ red, blue }) => blue - red >= 15).length > 5);
    await come('late');
    await all('the slate', () => window.pictures.filter(({ red, blue }) => blue - red >= 15).length > 5);
    console.log('slate');
    await all(`${gifts} gifts`, (wanted) => document.querySelector('confetti-player').shownCues.length >= wanted, Number(gifts));
    await shoot('away');
    await all('the notice to leave the slate to be seen', () => {
        const player = document.querySelector('confetti-player');
        player.notice = 'Ana is away for a moment';
        player.noticeDetail = 'The stream goes on here as soon as it is back. Gifts still count.';
        return player.shadowRoot.querySelector('.notice.beside') !== null;
    });
    await shoot('notice');
    await all('no notice', () => {
        const player = document.querySelector('confetti-player');
        player.notice = undefined;
        return player.shadowRoot.querySelector('.notice') === null;
    });
    console.log('gifts');
    await all('the publisher again', () => {
        const last = window.pictures.slice(-25);
        return last.length === 25 && last.every(({ red, blue }) => blue - red < 15);
    });
    await all('less than two seconds behind', () => document.querySelector('confetti-player').latencyMs() < 2_000);
    await shoot('resumed');
    if (faults.length > 0) throw new Error(`errors on the page: ${faults.join('; ')}`);
    const seen = await Promise.all(
        players.map(async ({ name, tab, reconnects }) => ({
            name,
            reconnects,
            ...(await tab.evaluate(() => ({
                latencyMs: Math.round(document.querySelector('confetti-player').latencyMs()),
                cues: document.querySelector('confetti-player').shownCues.map(({ shownAtMediaMs }) => {
                    const { red, blue } = window.pictures.filter(({ mediaMs }) => mediaMs <= shownAtMediaMs + 1).at(-1);
                    return { onSlate: blue - red >= 15 };
                }),
                backwards: window.pictures.filter(({ mediaMs }, i) => i > 0 && mediaMs < window.pictures[i - 1].mediaMs).length,
                longestHoldMs: Math.max(...window.pictures.slice(1).map(({ epochMs }, i) => epochMs - window.pictures[i].epochMs)),
            }))),
        })),
    );
    console.log(JSON.stringify(seen));
} finally {
    await browser.close();
    server.close();
}
