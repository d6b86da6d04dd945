import { describe, expect, it } from 'vitest';
import { problemInWords, problemKind } from '../src/api/problem';
import { inWords } from '../src/wallet/money';

const say = (status: number, kind: string, fields = {}) => problemInWords(status, { type: `https://confetti.dev/problems/${kind}`, ...fields });

describe('a refusal in words', () => {
    it('is known by the last word of its type', () => {
        expect(problemKind({ type: 'https://confetti.dev/problems/insufficient-coins' })).toBe('insufficient-coins');
        expect(problemKind({ type: 'urn:confetti:wallet-blocked' })).toBe('wallet-blocked');
        expect(problemKind({ type: 'https://confetti.dev/problems#live-not-active' })).toBe('live-not-active');
        expect(problemKind({})).toBe('');
    });

    it('says the numbers', () => {
        expect(say(409, 'insufficient-coins', { spendable: 1, needed: 13_140 })).toBe('Not enough coins: this costs 13,140 coins and you have 1 coin.');
        expect(say(409, 'insufficient-coins')).toBe('Not enough coins for this gift.');
        expect(say(429, 'sending-too-fast', { limit: 20 })).toBe('That was too fast: at most 20 gifts a second. Take a breath and send again.');
        expect(say(429, 'spending-limit-reached', { limit: 5_000 })).toBe('Your spending limit of 5,000 coins is reached.');
        expect(say(422, 'quantity-out-of-range', { quantity: 10_000 })).toBe('A gift can be sent 1 to 9,999 times at once, not 10,000 times.');
    });

    it('says what the viewer can do', () => {
        expect(say(409, 'live-not-active')).toBe('This live takes no gifts right now. Your coins are untouched.');
        expect(say(403, 'wallet-blocked')).toBe('Your wallet is blocked, so it cannot send gifts. Please ask support.');
        expect(say(404, 'unknown-gift')).toBe('This gift is no longer on offer. Reload the page to see the current gifts.');
        expect(say(404, 'unknown-live')).toBe('This live does not exist (any more).');
    });

    it('falls back to what the service says, and never to nothing', () => {
        expect(say(422, 'brand-new', { detail: 'Only on Sundays.' })).toBe('Only on Sundays.');
        expect(problemInWords(400, { title: 'Malformed request' })).toBe('Malformed request');
        expect(problemInWords(418, {})).toBe('Confetti refused this (status 418).');
        expect(problemInWords(500, { detail: 'NullPointerException' })).toBe('Confetti has a problem of its own right now. Please try again in a moment.');
        expect(problemInWords(401, {})).toContain('sign');
    });
});

describe('money', () => {
    it('is written by the decimals of its currency', () => {
        expect(inWords({ amountMinor: 499, currency: 'EUR' })).toBe('€4.99');
        expect(inWords({ amountMinor: '5', currency: 'EUR' })).toBe('€0.05');
        expect(inWords({ amountMinor: 500, currency: 'JPY' })).toBe('¥500');
        expect(inWords({ amountMinor: -1_250, currency: 'USD' })).toBe('-$12.50');
    });
});
