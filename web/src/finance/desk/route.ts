/** Where somebody is in the console: kept in the address after `#`, so that every view can be linked, reloaded and gone back to. */
export interface Route {
    /** The words of the path, decoded: `['accounts', 'viewer:42:coin:paid']`. */
    readonly path: readonly string[];
    readonly query: Readonly<Record<string, string>>;
}

export function routeOf(hash: string): Route {
    const [path = '', query = ''] = hash.replace(/^#/, '').split(/\?(.*)/s);
    return {
        path: path.split('/').filter((word) => word !== '').map(decoded),
        query: Object.fromEntries([...new URLSearchParams(query)].filter(([, value]) => value !== '')),
    };
}

/** The address of a place; what is empty or undefined is left out. */
export function hrefOf(path: readonly string[], query: Readonly<Record<string, string | undefined>> = {}): string {
    return `#/${path.map(word).join('/')}${queryText(query)}`;
}

/** A call of the API, each part escaped. */
export function callOf(path: readonly string[], query: Readonly<Record<string, string | undefined>> = {}): string {
    return `/v1/${path.map(encodeURIComponent).join('/')}${queryText(query)}`;
}

function queryText(query: Readonly<Record<string, string | undefined>>): string {
    const given = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== '');
    return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
}

/** Colons are harmless here, and account codes are full of them. */
function word(text: string): string {
    return encodeURIComponent(text).replaceAll('%3A', ':');
}

function decoded(text: string): string {
    try {
        return decodeURIComponent(text);
    } catch {
        return text; // a stray % that somebody typed
    }
}
