import { describe, expect, it } from 'vitest';
import { amountText, compareAmounts, isZero, majorOf, minorOf, minus, moneyText, sum } from '../../src/finance/desk/amount';

describe('an amount', () => {
    it('is grouped by thousands and keeps every place', () => {
        expect(amountText('1234567.890000')).toBe('1,234,567.890000');
        expect(amountText('-1234.5000')).toBe('-1,234.5000');
        expect(amountText('999')).toBe('999');
        expect(amountText('1000')).toBe('1,000');
        expect(amountText('0.000000')).toBe('0.000000');
    });

    it('is exact where a float is not', () => {
        expect(minus('9007199254740993.000001', '0.000002')).toBe('9007199254740992.999999');
        expect(sum(['0.1', '0.2'])).toBe('0.3');
        expect(amountText('9223372036854.775807')).toBe('9,223,372,036,854.775807');
    });

    it('is subtracted and compared with the places of either', () => {
        expect(minus('1', '0.25')).toBe('0.75');
        expect(minus('0.25', '1')).toBe('-0.75');
        expect(minus('-0.5000', '-0.5000')).toBe('0.0000');
        expect(sum([])).toBe('0');
        expect(compareAmounts('-10', '2')).toBe(-1);
        expect(compareAmounts('10', '9.99')).toBe(1);
        expect(compareAmounts('1.50', '1.5')).toBe(0);
    });

    it('is zero whatever its places and sign', () => {
        expect(isZero('0')).toBe(true);
        expect(isZero('-0.0000')).toBe(true);
        expect(isZero('0.0001')).toBe(false);
    });

    it('that is none is refused by name', () => {
        expect(() => amountText('1e3')).toThrow('amount "1e3": expected a decimal');
        expect(() => amountText('')).toThrow('amount ""');
    });
});

describe('money in minor units', () => {
    it('is written by the decimals of its currency', () => {
        expect(majorOf({ amountMinor: 5, currency: 'USD' })).toBe('0.05');
        expect(majorOf({ amountMinor: -1250, currency: 'EUR' })).toBe('-12.50');
        expect(majorOf({ amountMinor: 500, currency: 'JPY' })).toBe('500');
        expect(majorOf({ amountMinor: 1234, currency: 'KWD' })).toBe('1.234');
        expect(moneyText({ amountMinor: 123456789, currency: 'USD' })).toBe('1,234,567.89 USD');
    });

    it('is read from what a person typed, and not from what is no such amount', () => {
        expect(minorOf('0.10', 'USD')).toBe(10);
        expect(minorOf('7', 'USD')).toBe(700);
        expect(minorOf('7', 'JPY')).toBe(7);
        expect(minorOf('0.5', 'JPY')).toBeUndefined();
        expect(minorOf('0.001', 'USD')).toBeUndefined();
        expect(minorOf('-1', 'USD')).toBeUndefined();
        expect(minorOf('1,5', 'USD')).toBeUndefined();
    });
});
