import { html, nothing, type TemplateResult } from 'lit';
import type { Money } from '../../api/types';
import { placeOfField } from '../books/records';
import { moneyText } from './amount';
import { time } from './links';
import { hrefOf } from './route';
import { labelOf } from './words';

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;

/** A record of the API as a list of what it says, field by field. */
export function facts(record: object): TemplateResult {
    const shown = Object.entries(record).filter(([, value]) => value !== undefined && value !== null && !isListOfObjects(value));
    return html`<dl>${shown.map(([name, value]) => html`<dt>${labelOf(name)}</dt><dd>${fact(name, value)}</dd>`)}</dl>`;
}

function fact(name: string, value: unknown): unknown {
    if (isMoney(value)) return moneyText(value);
    if (Array.isArray(value)) return value.map((one, index) => html`${index > 0 ? ', ' : nothing}${fact(name, one)}`);
    if (typeof value === 'object' && value !== null) {
        return Object.entries(value).map(([inner, one], index) => html`${index > 0 ? ' · ' : nothing}${labelOf(inner)} ${fact(inner, one)}`);
    }
    const text = String(value);
    if (INSTANT.test(text)) return time(text);
    const place = placeOfField(name);
    if (place !== undefined) return html`<a class="code" href=${hrefOf([place, text])}>${text}</a>`;
    return text;
}

function isMoney(value: unknown): value is Money {
    return typeof value === 'object' && value !== null && 'amountMinor' in value && 'currency' in value;
}

function isListOfObjects(value: unknown): boolean {
    return Array.isArray(value) && value.some((one) => typeof one === 'object' && !isMoney(one));
}
