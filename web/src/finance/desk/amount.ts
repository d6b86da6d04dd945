import type { Money } from '../../api/types';

/** A decimal string as people read it: digits in groups of three, every place kept, never a float. */
export function amountText(decimal: string): string {
    const { negative, whole, fraction } = parts(decimal);
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
    return `${negative ? '-' : ''}${grouped}${fraction === '' ? '' : `.${fraction}`}`;
}

/** `a - b`, with the places of the one that has more. */
export function minus(a: string, b: string): string {
    const places = Math.max(parts(a).fraction.length, parts(b).fraction.length);
    return decimalOf(unitsOf(a, places) - unitsOf(b, places), places);
}

export function sum(decimals: readonly string[]): string {
    const places = Math.max(0, ...decimals.map((one) => parts(one).fraction.length));
    return decimalOf(decimals.reduce((total, one) => total + unitsOf(one, places), 0n), places);
}

/** Negative when `a` is less than `b`, 0 when they are the same amount, whatever their places. */
export function compareAmounts(a: string, b: string): number {
    const difference = minus(a, b);
    return isZero(difference) ? 0 : difference.startsWith('-') ? -1 : 1;
}

export function isZero(decimal: string): boolean {
    return /^-?[0.]*$/.test(decimal);
}

/** Minor units with the currency's own number of decimals: 1250 of USD is `12.50`, 500 of JPY is `500`. */
export function majorOf(money: Money): string {
    const places = new Intl.NumberFormat('en-US', { style: 'currency', currency: money.currency }).resolvedOptions().maximumFractionDigits ?? 2;
    return decimalOf(BigInt(money.amountMinor), places);
}

export function moneyText(money: Money): string {
    return `${amountText(majorOf(money))} ${money.currency}`;
}

/** What a person typed as an amount, in minor units of the currency; undefined when it is no such amount. */
export function minorOf(typed: string, currency: string): number | undefined {
    const places = majorOf({ amountMinor: 0, currency }).split('.')[1]?.length ?? 0;
    if (!/^\d+(\.\d+)?$/.test(typed) || parts(typed).fraction.length > places) return undefined;
    const minor = Number(unitsOf(typed, places));
    return Number.isSafeInteger(minor) ? minor : undefined;
}

function parts(decimal: string): { negative: boolean; whole: string; fraction: string } {
    const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(decimal);
    if (match === null) throw new RangeError(`amount "${decimal}": expected a decimal such as -1234.500000`);
    return { negative: match[1] === '-', whole: match[2]!, fraction: match[3] ?? '' };
}

function unitsOf(decimal: string, places: number): bigint {
    const { negative, whole, fraction } = parts(decimal);
    const units = BigInt(whole + fraction.padEnd(places, '0'));
    return negative ? -units : units;
}

function decimalOf(units: bigint, places: number): string {
    const digits = (units < 0n ? -units : units).toString().padStart(places + 1, '0');
    const whole = digits.slice(0, digits.length - places);
    return `${units < 0n ? '-' : ''}${whole}${places > 0 ? `.${digits.slice(-places)}` : ''}`;
}
