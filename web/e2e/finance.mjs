// Walks through the console in a real browser as two persons of finance do: a payout from its request to the bank's word that it was paid,
// an adjustment by two, an entry found by any id, the books on paper and by keyboard alone.
// node e2e/finance.mjs PLATFORM_URL LIVE_ID CREATOR_ID SCREENSHOTS_FOLDER [CHROMIUM]; prints one line of JSON, or fails with what it waited for.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { life, statementOf, until } from './finance-life.mjs';

const [platformUrl, liveId, creatorId, folder, executablePath = '/usr/bin/chromium'] = process.argv.slice(2);
const world = life(platformUrl);
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'] });
try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, colorScheme: 'light', acceptDownloads: true });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    const faults = [];
    page.on('pageerror', (error) => faults.push(String(error)));
    const main = page.locator('main');
    const dialog = page.locator('ask-dialog dialog');
    const heading = (text) => main.getByRole('heading', { level: 1, name: text }).waitFor();
    const go = async (hash, title) => {
        await page.evaluate((to) => (location.hash = to), hash);
        await heading(title);
    };
    const signIn = async (sub, role = 'finance') => {
        await page.getByTestId('sign-in').first().click();
        await dialog.getByLabel('Your id').fill(sub);
        await dialog.getByLabel('Role').selectOption(role);
        await page.getByTestId('confirm').click();
        await dialog.waitFor({ state: 'hidden' });
        await until(`${sub} to be signed in`, async () => (await page.getByTestId('person').innerText()) === sub);
    };
    const confirm = async (fill = {}) => {
        for (const [label, value] of Object.entries(fill)) await dialog.getByLabel(label).fill(value);
        await page.getByTestId('confirm').click();
        await dialog.waitFor({ state: 'hidden' });
    };
    const shot = (name) => page.screenshot({ path: join(folder, `finance-${name}.png`) });
    const said = (words) => until(`the page to say "${words}"`, async () => (await page.getByTestId('said').innerText()).includes(words));

    const bought = await world.buyAndSend('console-viewer', 'coins-660', liveId, 300);
    const [payoutId, otherPayoutId] = await world.askForPayouts(creatorId, 100, 50);
    const fin = await world.token('fin-1', 'finance');
    await until('the ledger to have the payout', async () => (await world.get(fin, `/v1/ledger/entries?reference=${otherPayoutId}`)).entries.length > 0);

    // Nobody, then somebody without the role, then fin-1.
    await page.goto(`${platformUrl}/finance`);
    await heading('The books are closed to you');
    await signIn('console-viewer', 'viewer');
    const roleFault = await page.getByTestId('role-fault').innerText();
    await signIn('fin-1');
    await heading('Trial balance');
    await until('totals that are equal', async () => (await page.getByTestId('balanced').count()) >= 3);
    await shot('trial-balance');

    // Of a moment that cannot be read nothing is shown, least of all what was shown before.
    await main.getByLabel('As of').first().fill('yesterday at noon');
    await main.getByRole('button', { name: 'Show' }).first().click();
    const refusedMoment = await main.getByTestId('error-message').innerText();
    const leftUnderRefusal = (await main.getByTestId('balanced').count()) + (await main.locator('table').count());
    await main.getByLabel('As of').first().fill('');
    await main.getByRole('button', { name: 'Show' }).first().click();
    await until('totals again', async () => (await page.getByTestId('balanced').count()) >= 3);

    // The two payouts wait; to whoever gets them the console offers nothing.
    await go('#/payouts', 'Payouts');
    await main.getByTestId('approve').first().waitFor();
    const offered = await main.getByTestId('approve').count();
    await signIn(creatorId);
    await main.getByText('Yours: another person decides').first().waitFor();
    const offeredToOwner = await main.getByTestId('approve').count();

    // One is rejected with a reason, the other approved and sent to the bank, which pays.
    await signIn('fin-2');
    await go('#/payouts', 'Payouts');
    await main.getByRole('button', { name: `Reject: payout ${otherPayoutId}` }).click();
    await confirm({ Reason: 'asked for twice' });
    await said('rejected');
    await shot('payouts');
    await main.getByRole('button', { name: `Approve: payout ${payoutId}` }).click();
    await confirm();
    await said('approved');
    await go('#/payouts?stage=approved', 'Payouts');
    await main.locator(`[href="#/payouts/${payoutId}"]`).waitFor();
    await page.getByTestId('make-batch').click();
    await confirm();
    await heading('Batches for the bank');
    const pain001 = await downloaded(main.getByTestId('download').first());
    await go('#/bank-messages', 'Bank messages');
    const day = new Date().toISOString().slice(0, 10);
    await handIn({ name: 'camt.053.xml', mimeType: 'application/xml', buffer: Buffer.from(statementOf(payoutId, '1.00', day)) });
    await heading(/^Bank message /);
    await main.getByText('applied').waitFor();

    // A file that is no message is refused in the server's words.
    await go('#/bank-messages', 'Bank messages');
    await handIn({ name: 'x.xml', mimeType: 'application/xml', buffer: Buffer.from('<x/>') });
    const refusal = await main.getByTestId('error-message').innerText();

    // An adjustment: whoever asked is refused, also when the page could not know; another person approves.
    await go('#/adjustments', 'Adjustments');
    await page.getByTestId('ask').click();
    await confirm({ Credit: '2300:suspense', Amount: '0.03', Reason: 'unmatched bank item' });
    await main.getByText('Yours: another person decides').waitFor();
    await signIn('fin-1');
    await main.getByTestId('approve').click();
    const asker = await world.token('fin-2', 'finance');
    await page.evaluate((token) => localStorage.setItem('confetti.finance.token', token), asker);
    await page.getByTestId('confirm').click();
    const samePerson = await page.getByTestId('refusal').innerText();
    await page.evaluate((token) => localStorage.setItem('confetti.finance.token', token), fin);
    await confirm();
    await said('approved');

    // From any id to the single event, and from there to what it came from.
    await search(bought.giftSendId);
    await page.getByTestId('found').getByText('Entries of this event or reference').click();
    await heading('Journal');
    await main.locator(`[href="#/entries/${bought.position}"]`).click();
    await heading(`Entry ${bought.position}`);
    await main.locator('tfoot tr').first().waitFor();
    const entryTotals = (await main.locator('tfoot tr').allInnerTexts()).map((row) => row.replaceAll(/\s+/g, ' ').trim());
    await shot('entry');
    await search('no-such-thing');
    const nothing = await page.getByTestId('nothing-found').innerText();

    // The state is in the address: the same view after a reload, and going back works.
    await go('#/accounts/2010:contract-liability?asOf=position%3A2', 'Account 2010:contract-liability');
    await page.reload();
    await main.getByText('As of position 2').waitFor();
    await page.goBack();
    await heading('Search: no-such-thing');

    await go('#/downloads?format=csv', 'Downloads');
    const csv = await downloaded(main.getByTestId('download').first());

    const keyboard = await byKeyboard();
    const paper = await onPaper();
    await page.setViewportSize({ width: 390, height: 800 });
    await go('#/trial-balance', 'Trial balance');
    await main.getByTestId('balanced').first().waitFor();
    const widths = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    await shot('phone');

    if (faults.length > 0) throw new Error(`errors on the page: ${faults.join('; ')}`);
    console.log(
        JSON.stringify({
            refusedMoment,
            leftUnderRefusal,
            roleFault,
            offered,
            offeredToOwner,
            payoutId,
            otherPayoutId,
            pain001HasPayout: pain001.includes(payoutId.replaceAll('-', '')),
            refusal,
            samePerson,
            entryTotals,
            nothing,
            csvLines: csv.trim().split('\n').length,
            keyboard,
            paper,
            phoneOverflowPx: widths[0] - widths[1],
        }),
    );

    async function downloaded(button) {
        const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
        return readFile(await download.path(), 'utf8');
    }

    async function handIn(file) {
        await page.getByTestId('file').setInputFiles(file);
        await main.getByRole('button', { name: 'Hand in' }).click();
    }

    async function search(id) {
        await page.getByLabel('Search by any id').fill(id);
        await page.keyboard.press('Enter');
        await heading(`Search: ${id}`);
    }

    /** From a fresh page to the payout, never touching the mouse; each stop must be seen. */
    async function byKeyboard() {
        await page.goto('about:blank');
        await page.goto(`${platformUrl}/finance`);
        await heading('Trial balance');
        const stops = [];
        const stop = async () => {
            const { text, seen } = await page.evaluate(() => {
                let element = document.activeElement;
                while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
                const style = getComputedStyle(element);
                return { text: element.textContent.trim().slice(0, 40) || element.id, seen: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 };
            });
            stops.push(text);
            if (!seen) throw new Error(`the focus on "${text}" cannot be seen`);
            return text;
        };
        const tabTo = async (wanted) => {
            for (let presses = 0; presses < 60; presses++) {
                await page.keyboard.press('Tab');
                if ((await stop()) === wanted) return;
            }
            throw new Error(`Tab never came to "${wanted}", only to ${stops.join(', ')}`);
        };
        await tabTo('Skip to the content');
        await page.keyboard.press('Enter');
        const skippedTo = await stop();
        await page.goto('about:blank');
        await page.goto(`${platformUrl}/finance`);
        await heading('Trial balance');
        await tabTo('q');
        await page.keyboard.type(payoutId.replaceAll('-', ''));
        await page.keyboard.press('Enter');
        await heading(/^Search: /);
        await page.getByTestId('found').getByText('Payout', { exact: true }).waitFor();
        await tabTo('Payout');
        await page.keyboard.press('Enter');
        await heading(`Payout ${payoutId}`);
        await main.getByText('settled').first().waitFor();
        return { skippedTo, endsAt: await stop(), order: stops.slice(0, 6) };
    }

    /** What stays and what goes when the books are printed. */
    async function onPaper() {
        await go('#/trial-balance', 'Trial balance');
        await main.getByTestId('balanced').first().waitFor();
        await page.emulateMedia({ media: 'print' });
        const shown = (locator) => locator.first().isVisible();
        const result = {
            asOf: await main.locator('.asof').innerText(),
            printed: await page.locator('.printed').innerText(),
            controls: (await shown(page.locator('header'))) || (await shown(page.locator('nav#menu'))) || (await shown(main.locator('filter-form form'))),
            head: await main.locator('thead').first().evaluate((element) => getComputedStyle(element).display),
            background: await page.evaluate(() => getComputedStyle(document.body).backgroundColor),
        };
        await page.screenshot({ path: join(folder, 'finance-print.png'), fullPage: true });
        await page.emulateMedia({ media: 'screen' });
        return result;
    }
} finally {
    await browser.close();
}
