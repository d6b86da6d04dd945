import { RECORDS, type RecordPlace } from '../books/records';
import { callOf, hrefOf } from '../desk/route';

/** Something that the text may name, and the call that knows whether it does. */
export interface Probe {
    what: string;
    /** Where it stands in the console. */
    href: string;
    call: string;
    /** The call answers a list of this name, that must not be empty. */
    list?: string;
}

const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;
const PERSON = /^[A-Za-z0-9_-]{1,64}$/;
const ACCOUNT = /^[A-Za-z0-9][A-Za-z0-9_:-]*$/;

/** Everything that a text may be the id of: nothing when it cannot be any. */
export function probesOf(typed: string): Probe[] {
    const text = typed.trim();
    const position = /^(?:position[:\s]\s*)?(\d{1,18})$/i.exec(text)?.[1];
    return [
        ...(position ? [entry(position)] : []),
        ...(UUID.test(text) ? byUuid(hyphened(text)) : []),
        ...(text.includes(':') && ACCOUNT.test(text) && position === undefined ? [account(text)] : []),
        ...(PERSON.test(text) ? persons(text) : []),
        ...(ACCOUNT.test(text) && !UUID.test(text) && (position === undefined || position === text) ? [accounts('Accounts that begin with it', text)] : []),
    ];
}

export const EXPECTED = 'Expected a position, a UUID (of an event, a gift, a purchase, a payout, a batch, a settlement, …), an account’s code, or the id of a viewer, a creator or a live.';

function entry(position: string): Probe {
    return { what: `Entry at position ${position}`, href: hrefOf(['entries', position]), call: callOf(['ledger', 'entries', position]) };
}

function byUuid(id: string): Probe[] {
    const entries: Probe = {
        what: 'Entries of this event or reference',
        href: hrefOf(['entries'], { reference: id }),
        call: callOf(['ledger', 'entries'], { reference: id, limit: '1' }),
        list: 'entries',
    };
    return [entries, ...(Object.keys(RECORDS) as RecordPlace[]).map((place) => record(place, id))];
}

function record(place: RecordPlace, id: string): Probe {
    return { what: RECORDS[place].name, href: hrefOf([place, id]), call: callOf([...RECORDS[place].call, id]) };
}

function account(code: string): Probe {
    return { what: `Account ${code}`, href: hrefOf(['accounts', code]), call: callOf(['ledger', 'accounts', code]) };
}

function accounts(what: string, prefix: string, href = hrefOf(['accounts'], { prefix })): Probe {
    return { what, href, call: callOf(['ledger', 'accounts'], { prefix, limit: '1' }), list: 'accounts' };
}

function persons(id: string): Probe[] {
    return [
        accounts(`Viewer ${id}`, `viewer:${id}:`, hrefOf(['viewers', id])),
        accounts(`Creator ${id}`, `creator:${id}:`, hrefOf(['creators', id])),
        { what: `Gifts in live ${id}`, href: hrefOf(['entries'], { live: id }), call: callOf(['ledger', 'entries'], { live: id, limit: '1' }), list: 'entries' },
    ];
}

/** Banks carry ids without hyphens. */
function hyphened(uuid: string): string {
    const hex = uuid.replaceAll('-', '').toLowerCase();
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
