import { html, type TemplateResult } from 'lit';
import { utcBare, utcText } from './moment';
import { hrefOf } from './route';

/** Where things stand in the console. */
export const entryHref = (position: number | string) => hrefOf(['entries', String(position)]);
export const accountHref = (code: string, asOf?: string) => hrefOf(['accounts', code], { asOf });

export function entryLink(position: number): TemplateResult {
    return html`<a href=${entryHref(position)}>${position}</a>`;
}

export function accountLink(code: string, asOf?: string): TemplateResult {
    return html`<a class="code" href=${accountHref(code, asOf)}>${code}</a>`;
}

/** An id that search can find; cut short where it would only fill the row. */
export function idLink(id: string, kind = 'search'): TemplateResult {
    const href = kind === 'search' ? hrefOf(['search'], { q: id }) : hrefOf([kind, id]);
    const isLong = /^[0-9a-f]{8}-[0-9a-f]{4}-/.test(id);
    return html`<a class="code" href=${href} title=${id}>${isLong ? `${id.slice(0, 8)}…` : id}</a>`;
}

/** The last word of an event's type: `gift-sent` of `confetti.gift-sent.v1`. */
export function typeText(type: string): string {
    return /^confetti\.(.+)\.v\d+$/.exec(type)?.[1] ?? type;
}

export function time(instant: string): TemplateResult {
    return html`<time datetime=${instant} title=${instant} style="white-space:nowrap">${utcText(instant)}</time>`;
}

/** In a column whose head says UTC. */
export function bareTime(instant: string): TemplateResult {
    return html`<time datetime=${instant} title=${instant} style="white-space:nowrap">${utcBare(instant)}</time>`;
}
