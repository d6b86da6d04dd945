/** Moments of the books: an instant, a date (its first instant in UTC) or a position of the log. */

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?$/;

/**
 * What a person typed, as the API takes it: `1234` and `position 1234` are positions, an instant without a zone is in UTC, with a space in
 * place of the T as well. What is none of these is left as it is, for the API to say what it expects.
 */
export function momentOf(typed: string): string {
    const text = typed.trim();
    const position = /^(?:position[:\s]\s*)?(\d+)$/i.exec(text);
    if (position) return `position:${position[1]}`;
    const instant = text.replace(/ ?utc$/i, 'Z').replace(/^(\d{4}-\d{2}-\d{2})\s+(?=\d)/, '$1T');
    if (!INSTANT.test(instant)) return text;
    const zoned = /(Z|[+-]\d{2}:\d{2})$/.test(instant) ? instant : `${instant}Z`;
    return zoned.replace(/T(\d{2}:\d{2})(?=Z|[+-])/, 'T$1:00');
}

/** `2026-11-27 19:16:34 UTC` of an instant in any zone. */
export function utcText(instant: string): string {
    return `${utcBare(instant)} UTC`;
}

/** The same where the column's head says UTC. */
export function utcBare(instant: string): string {
    const at = new Date(instant);
    return Number.isNaN(at.getTime()) ? instant : at.toISOString().slice(0, 19).replace('T', ' ');
}

/** How a heading says it. */
export function momentText(moment: string | undefined): string {
    if (moment === undefined || moment === '') return 'now';
    const position = /^position:(\d+)$/.exec(moment);
    if (position) return `position ${position[1]}`;
    if (/^\d{4}-\d{2}-\d{2}$/.test(moment)) return `${moment} 00:00:00 UTC`;
    return utcText(moment);
}

/** The same with the position that it came to. */
export function momentAt(moment: string | undefined, position: number): string {
    const text = momentText(moment);
    return text === `position ${position}` ? text : `${text} (position ${position})`;
}

/** `2026-11` of an instant. */
export function monthOf(instant: Date): string {
    return instant.toISOString().slice(0, 7);
}

/** The month that is some months later, or earlier: `2026-01` and -1 is `2025-12`. */
export function monthsLater(month: string, months: number): string {
    const [year, number] = month.split('-').map(Number) as [number, number];
    return monthOf(new Date(Date.UTC(year, number - 1 + months, 1)));
}
