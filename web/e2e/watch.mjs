// Walks through the watch page in a real browser as a viewer does: watch, buy coins, send a gift, see it.
// node e2e/watch.mjs PAGE_URL GIFT_ID SCREENSHOT.png [CHROMIUM]; prints one line of JSON, or fails with what it waited for.
import { chromium } from 'playwright-core';

const [pageUrl, giftId, screenshot, executablePath = '/usr/bin/chromium'] = process.argv.slice(2);
const patienceMs = 60_000;

const browser = await chromium.launch({
    executablePath,
    args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--autoplay-policy=no-user-gesture-required',
    ],
});
try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(patienceMs);
    const faults = [];
    page.on('pageerror', (error) => faults.push(String(error)));
    await page.goto(pageUrl);

    const video = page.getByTestId('player-video');
    const mediaSeconds = () => video.evaluate((element) => element.currentTime);
    await until('the video to play for two seconds', async () => (await mediaSeconds()) >= 2);

    const balance = async () => Number((await page.getByTestId('balance').innerText()).replace(/\D/g, ''));
    await page.getByTestId('buy-coins').click();
    await page.locator('[data-testid^="package-"]').first().click();
    await until('bought coins in the balance', async () => (await balance()) > 0);
    await page.keyboard.press('Escape');
    const bought = await balance();

    await page.getByTestId(`gift-${giftId}`).click();
    const clickedAt = Date.now();
    await page.getByTestId('send-gift').click();
    const animation = page.locator(`[data-testid="gift-animation"][data-gift-id="${giftId}"]`);
    await animation.first().waitFor({ state: 'visible' });
    const shownAfterMs = Date.now() - clickedAt;
    await page.screenshot({ path: screenshot });
    await until('the gift to be paid', async () => (await balance()) < bought);
    await until('the sender among the top gifters', async () =>
        /\d/.test(await page.getByTestId('top-gifters').innerText()),
    );
    const latencyMs = await page.evaluate(() => window.confetti.latencyMs());
    const cues = await page.evaluate(() => window.confetti.shownCues);
    if (faults.length > 0) throw new Error(`errors on the page: ${faults.join('; ')}`);
    console.log(
        JSON.stringify({
            mediaSeconds: await mediaSeconds(),
            bought,
            left: await balance(),
            shownAfterMs,
            latencyMs,
            cues: cues.map((cue) => ({ ptsMs: cue.ptsMs, shownAtMediaMs: cue.shownAtMediaMs })),
        }),
    );
} finally {
    await browser.close();
}

async function until(what, condition) {
    const deadline = Date.now() + patienceMs;
    while (!(await condition())) {
        if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
}
