import type { Money } from '../api/types';

/** An amount as people read it, by the currency's own number of decimals: 499 of EUR is €4.99, 500 of JPY is ¥500. Exact, without floats. */
export function inWords(money: Money, locale = 'en-US'): string {
    const format = new Intl.NumberFormat(locale, { style: 'currency', currency: money.currency });
    const decimals = format.resolvedOptions().maximumFractionDigits ?? 2;
    const minor = BigInt(money.amountMinor);
    const digits = (minor < 0n ? -minor : minor).toString().padStart(decimals + 1, '0');
    const whole = digits.slice(0, digits.length - decimals);
    const text = `${minor < 0n ? '-' : ''}${whole}${decimals > 0 ? `.${digits.slice(-decimals)}` : ''}`;
    return format.format(text as unknown as number); // a decimal string is formatted exactly; the type of older libraries does not say so
}
