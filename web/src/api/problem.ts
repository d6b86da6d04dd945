/** A refusal of the service (RFC 9457), and how it is said to a person. */
export interface Problem {
    type?: string;
    title?: string;
    status?: number;
    detail?: string;
    [field: string]: unknown;
}

/** The service answered, and said no. */
export class ProblemError extends Error {
    constructor(
        readonly status: number,
        readonly problem: Problem,
    ) {
        super(problemInWords(status, problem));
        this.name = 'ProblemError';
    }

    /** The last word of the problem's type, such as `insufficient-coins`. */
    get kind(): string {
        return problemKind(this.problem);
    }
}

/** No answer came, even after retries: whether the call had effect is not known. */
export class UnreachableError extends Error {
    constructor() {
        super('Confetti cannot be reached right now. Check your connection and try again.');
        this.name = 'UnreachableError';
    }
}

export function problemKind(problem: Problem): string {
    const words = (problem.type ?? '').split(/[/#:]/).filter((word) => word !== '');
    return words.at(-1) ?? '';
}

export function problemInWords(status: number, problem: Problem): string {
    const coins = (field: string) => inCoins(problem[field]);
    switch (problemKind(problem)) {
        case 'insufficient-coins': {
            const needed = coins('needed');
            const spendable = coins('spendable');
            if (needed && spendable) return `Not enough coins: this costs ${needed} and you have ${spendable}.`;
            return 'Not enough coins for this gift.';
        }
        case 'live-not-active':
            return 'This live takes no gifts right now. Your coins are untouched.';
        case 'sending-too-fast': {
            const perSecond = wholeNumber(problem['limit'] ?? problem['sendsPerSecond']);
            return perSecond === undefined
                ? 'That was too fast. Take a breath and send again.'
                : `That was too fast: at most ${perSecond} gifts a second. Take a breath and send again.`;
        }
        case 'spending-limit-reached': {
            const limit = coins('limit');
            return limit ? `Your spending limit of ${limit} is reached.` : 'Your spending limit is reached.';
        }
        case 'wallet-blocked':
            return 'Your wallet is blocked, so it cannot send gifts. Please ask support.';
        case 'quantity-out-of-range': {
            const got = wholeNumber(problem['quantity']);
            return `A gift can be sent 1 to 9,999 times at once${got === undefined ? '' : `, not ${grouped(got)} times`}.`;
        }
        case 'unknown-gift':
            return 'This gift is no longer on offer. Reload the page to see the current gifts.';
        case 'unknown-live':
            return 'This live does not exist (any more).';
        case 'unknown-package':
            return 'This coin package is no longer on offer. Reload the page to see the current ones.';
        default:
            return otherProblem(status, problem);
    }
}

function otherProblem(status: number, problem: Problem): string {
    if (status === 401) return 'You are not signed in, or your sign-in has run out. Reload the page to sign in again.';
    if (status === 403) return problem.detail ?? 'Your account may not do this.';
    if (status === 429) return 'That was too fast. Take a breath and try again.';
    if (status >= 500) return 'Confetti has a problem of its own right now. Please try again in a moment.';
    return problem.detail ?? problem.title ?? `Confetti refused this (status ${status}).`;
}

function wholeNumber(value: unknown): number | undefined {
    return typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined;
}

function inCoins(value: unknown): string | undefined {
    const coins = wholeNumber(value);
    if (coins === undefined) return undefined;
    return coins === 1 ? '1 coin' : `${grouped(coins)} coins`;
}

export function grouped(value: number): string {
    return value.toLocaleString('en-US');
}
