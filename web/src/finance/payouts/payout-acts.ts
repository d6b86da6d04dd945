import { html, nothing, type TemplateResult } from 'lit';
import { newKey } from '../../api/session';
import { amountText, minorOf, moneyText } from '../desk/amount';
import type { Question } from '../desk/ask-dialog';
import type { Field } from '../desk/field';
import { callOf } from '../desk/route';
import type { Desk } from '../desk/view';
import type { Payout, PayoutBatch } from '../shapes';
import { actsOf, outcomesOf, whyNone, type PayoutAct } from './payout-rules';

export const REASON: Field = { name: 'reason', label: 'Reason', kind: 'words', required: true };

const LABELS: Record<PayoutAct, string> = {
    approve: 'Approve …',
    reject: 'Reject …',
    withdraw: 'Withdraw …',
    agree: 'Agree …',
    resolve: 'Say what became of it …',
};

/** Buttons for what may be done with a payout, or why there are none. */
export function payoutButtons(payout: Payout, desk: Desk, act: (question: Question) => Promise<void>): TemplateResult {
    const acts = actsOf(payout, desk.me);
    const why = whyNone(payout, desk.me);
    return html`<span class="row">
        ${acts.map((each) => html`<button class="button small" data-testid=${each} aria-label="${LABELS[each].replace(' …', '')}: payout ${payout.payoutId}" @click=${() => act(question(each, payout, desk))}>${LABELS[each]}</button>`)}
        ${why === '' ? nothing : html`<small>${why}</small>`}
    </span>`;
}

function question(act: PayoutAct, payout: Payout, desk: Desk): Question {
    const path = ['payouts', payout.payoutId];
    const about = html`${amountText(payout.diamonds)} diamonds of ${payout.creatorId}, ${moneyText(payout.net ?? payout.amount)}${payout.destination ? html`, to ${payout.destination.name}, ${payout.destination.iban}` : nothing}.`;
    const write = async (words: string, body?: unknown) => {
        await desk.api.write(callOf([...path, act]), body);
        return `The payout is ${words}.`;
    };
    switch (act) {
        case 'approve':
            return { title: 'Approve this payout?', note: about, confirm: 'Approve', run: () => write('approved') };
        case 'reject':
            return { title: 'Reject this payout?', note: html`${about} The diamonds are available again.`, fields: [REASON], confirm: 'Reject', run: ({ reason }) => write('rejected', { reason }) };
        case 'withdraw':
            return { title: 'Withdraw the approval?', note: html`${about} The diamonds are available again.`, fields: [REASON], confirm: 'Withdraw', run: ({ reason }) => write('withdrawn', { reason }) };
        case 'agree':
            return agree(payout, desk, about);
        case 'resolve':
            return resolve(payout, desk, about);
    }
}

function agree(payout: Payout, desk: Desk, about: TemplateResult): Question {
    const said = payout.resolution!;
    return {
        title: `Agree that it was ${said.outcome}?`,
        note: html`${about} ${said.requestedBy} says that it was ${said.outcome}, with charges of ${moneyText(said.charges)}${said.reason ? html`: “${said.reason}”` : nothing}.`,
        confirm: 'Agree',
        run: async () => {
            await desk.api.write(callOf(['payouts', payout.payoutId, 'resolutions', said.resolutionId, 'approve']));
            return `The payout is ${said.outcome}.`;
        },
    };
}

function resolve(payout: Payout, desk: Desk, about: TemplateResult): Question {
    const key = newKey();
    const currency = payout.amount.currency;
    return {
        title: 'What became of it at the bank?',
        note: html`${about} For where the bank’s messages do not say it; it counts when another person agrees.`,
        fields: [
            { name: 'outcome', label: 'It was', kind: 'choice', choices: outcomesOf(payout).map((outcome) => [outcome, outcome] as const) },
            { name: 'charges', label: `The bank’s charges, in ${currency}`, value: '0', hint: 'None of one that failed' },
            REASON,
        ],
        confirm: 'Say so',
        run: async ({ outcome, charges = '', reason }) => {
            const chargesMinor = minorOf(charges, currency);
            if (chargesMinor === undefined) throw new RangeError(`charges "${charges}": expected an amount in ${currency}, such as 0.10`);
            await desk.api.writeOnce(callOf(['payouts', payout.payoutId, 'resolutions']), { outcome, chargesMinor, reason }, key);
            return 'It is noted, and waits for another person.';
        },
    };
}

/** Asked again after no answer came, it is still the same batch. */
export function makeBatch(desk: Desk): Question {
    const key = newKey();
    return {
        title: 'Make a batch for the bank?',
        note: 'All payouts that are approved and not held go into one file, up to 2,000, the oldest first.',
        confirm: 'Make the batch',
        run: async () => {
            const batch = await desk.api.writeOnce<PayoutBatch>(callOf(['payout-batches']), undefined, key);
            return `A batch of ${batch.payouts} is made.`;
        },
    };
}

export function holdQuestion(creatorId: string, isHeld: boolean, desk: Desk): Question {
    const act = isHeld ? 'resume' : 'hold';
    return {
        title: isHeld ? `Pay ${creatorId} again?` : `Hold the payouts of ${creatorId}?`,
        note: isHeld ? 'Another person than who held them resumes.' : 'Nothing is paid to this creator until further notice.',
        fields: [REASON],
        confirm: isHeld ? 'Resume' : 'Hold',
        run: async ({ reason }) => {
            await desk.api.write(callOf(['creators', creatorId, 'payouts', act]), { reason });
            return isHeld ? 'Payouts are resumed.' : 'Payouts are held.';
        },
    };
}
