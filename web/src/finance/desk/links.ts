import { html, type TemplateResult } from 'lit';
import { utcBare, utcText } from './moment';
import { hrefOf } from './route';
import { shortId } from './words';

/** Where things stand in the console. */
export const entryHref = (position: number | string) => hrefOf(['entries', String(position)]);
export const accountHref = (code: string, asOf?: string) => hrefOf(['accounts', code], { asOf });

export function entryLink(position: number): TemplateResult {
    return html`<a href=${entryHref(position)}>${position}</a>`;
}

export function accountLink(code: string, asOf?: string): TemplateResult {
    return html`<a class="code" href=${accountHref(code, asOf)}>${code}</a>`;
}

/** An id that search can find; on screen cut short where it would only fill the row. */
export function idLink(id: string, kind = 'search'): TemplateResult {
    const href = kind === 'search' ? hrefOf(['search'], { q: id }) : hrefOf([kind, id]);
    const short = shortId(id);
    return html`<a class="code" href=${href} title=${id}>${short === id ? id : html`<span class="no-print">${short}</span><span class="print-only">${id}</span>`}</a>`;
}

export function time(instant: string): TemplateResult {
    return html`<time datetime=${instant} title=${instant} style="white-space:nowrap">${utcText(instant)}</time>`;
}

/** In a column whose head says UTC. */
export function bareTime(instant: string): TemplateResult {
    return html`<time datetime=${instant} title=${instant} style="white-space:nowrap">${utcBare(instant)}</time>`;
}
