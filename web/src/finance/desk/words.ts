/** As the API orders: by characters, not by a language. */
export function byText(a: string, b: string): number {
    return a < b ? -1 : a > b ? 1 : 0;
}

/** What tells one UUID from its neighbours: its beginning, or its end where it begins with zeros. */
export function shortId(id: string): string {
    if (!/^[0-9a-f]{8}-[0-9a-f]{4}-/.test(id)) return id;
    return id.startsWith('00000000') ? `…${id.slice(-12)}` : `${id.slice(0, 8)}…`;
}

/** The last word of an event's type: `gift-sent` of `confetti.gift-sent.v1`. */
export function typeText(type: string): string {
    return /^confetti\.(.+)\.v\d+$/.exec(type)?.[1] ?? type;
}

/** `throughPosition` as people write it: Through position. */
export function labelOf(name: string): string {
    const words = name.replace(/([A-Z])/g, ' $1').toLowerCase();
    return words.charAt(0).toUpperCase() + words.slice(1).replace(/ id$/, ' ID').replace(/^Iban$/, 'IBAN');
}
