// Walks through the pages in a real browser as a viewer does: find the live, watch, buy coins, send a gift, see it there
// and on the creator's overlay.
// node e2e/watch.mjs PLATFORM_URL LIVE_ID GIFT_ID SCREENSHOT.png [CHROMIUM]; prints one line of JSON, or fails with what it waited for.
import { chromium } from 'playwright-core';

const [platformUrl, liveId, giftId, screenshot, executablePath = '/usr/bin/chromium'] = process.argv.slice(2);
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
    await page.goto(platformUrl);
    await page.locator(`[data-testid="live-card"][href="/watch/${liveId}"]`).click();
    await page.waitForURL(`**/watch/${liveId}`);

    const overlay = await browser.newPage({ viewport: { width: 640, height: 360 } });
    overlay.on('pageerror', (error) => faults.push(`overlay: ${error}`));
    await overlay.goto(`${platformUrl}/overlay/${liveId}`);
    const overlayBackground = await overlay.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const animation = (where) => where.locator(`[data-testid="gift-animation"][data-gift-id="${giftId}"]`);
    const onOverlay = animation(overlay).first().waitFor({ state: 'visible', timeout: 3 * patienceMs });
    onOverlay.catch(() => {}); // awaited below, after the click

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
    await animation(page).first().waitFor({ state: 'visible' });
    const shownAfterMs = Date.now() - clickedAt;
    await page.screenshot({ path: screenshot });
    await until('the gift to be paid', async () => (await balance()) < bought);
    await until('the sender among the top gifters', async () =>
        /\d/.test(await page.getByTestId('top-gifters').innerText()),
    );
    await onOverlay;
    const latencyMs = await page.evaluate(() => window.confetti.latencyMs());
    const cues = await page.evaluate(() => window.confetti.shownCues);
    if (faults.length > 0) throw new Error(`errors on the page: ${faults.join('; ')}`);
    console.log(
        JSON.stringify({
            overlayBackground,
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
