import { describe, expect, it } from 'vitest';
import { momentAt, momentOf, momentText, monthsLater, utcText } from '../../src/finance/desk/moment';

describe('a moment that somebody typed', () => {
    it('is a position when it is a number', () => {
        expect(momentOf('1234')).toBe('position:1234');
        expect(momentOf(' position:7 ')).toBe('position:7');
        expect(momentOf('Position 7')).toBe('position:7');
    });

    it('is an instant in UTC when it names no zone', () => {
        expect(momentOf('2026-11-30 23:59:59')).toBe('2026-11-30T23:59:59Z');
        expect(momentOf('2026-11-30 23:59:59 UTC')).toBe('2026-11-30T23:59:59Z');
        expect(momentOf('2026-11-30T23:59')).toBe('2026-11-30T23:59:00Z');
        expect(momentOf('2026-11-30T23:59:59.123456Z')).toBe('2026-11-30T23:59:59.123456Z');
        expect(momentOf('2026-11-30T23:59:59+02:00')).toBe('2026-11-30T23:59:59+02:00');
    });

    it('is left to the API when it is a date or nothing known', () => {
        expect(momentOf('2026-11-30')).toBe('2026-11-30');
        expect(momentOf('noon')).toBe('noon');
        expect(momentOf('')).toBe('');
    });
});

describe('a moment in words', () => {
    it('says that it is in UTC, whatever zone it came in', () => {
        expect(utcText('2026-11-30T23:59:59.987654Z')).toBe('2026-11-30 23:59:59 UTC');
        expect(utcText('2026-12-01T01:00:00+02:00')).toBe('2026-11-30 23:00:00 UTC');
        expect(utcText('never')).toBe('never UTC');
    });

    it('says what a heading is about', () => {
        expect(momentText(undefined)).toBe('now');
        expect(momentText('position:12')).toBe('position 12');
        expect(momentText('2026-11-30')).toBe('2026-11-30 00:00:00 UTC');
        expect(momentAt('2026-11-30', 99)).toBe('2026-11-30 00:00:00 UTC (position 99)');
        expect(momentAt('position:99', 99)).toBe('position 99');
    });
});

describe('months', () => {
    it('are counted across years', () => {
        expect(monthsLater('2026-01', -1)).toBe('2025-12');
        expect(monthsLater('2026-12', 1)).toBe('2027-01');
        expect(monthsLater('2026-03', -14)).toBe('2025-01');
    });
});
