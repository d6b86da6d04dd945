/** What a token says of its owner. Only for words on the page: what the owner may do the server decides. */
export interface Claims {
    sub: string;
    name: string;
    roles: readonly string[];
}

export const FINANCE_ROLE = 'finance';

/** Undefined when the text is no JWT with a `sub`. */
export function claimsOf(token: string): Claims | undefined {
    try {
        const bytes = Uint8Array.from(atob(token.split('.')[1]!.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));
        const body = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
        if (typeof body['sub'] !== 'string') return undefined;
        const name = body['name'] ?? body['preferred_username'];
        const roles = body['roles'];
        return {
            sub: body['sub'],
            name: typeof name === 'string' && name !== '' ? name : body['sub'],
            roles: Array.isArray(roles) ? roles.filter((role): role is string => typeof role === 'string') : [],
        };
    } catch {
        return undefined;
    }
}

/** Why the books stay closed to this person; undefined when they are open. */
export function roleFault(claims: Claims): string | undefined {
    if (claims.roles.includes(FINANCE_ROLE)) return undefined;
    const has = claims.roles.length === 0 ? 'no role' : `the role${claims.roles.length > 1 ? 's' : ''} ${claims.roles.join(', ')}`;
    return `${claims.name} has ${has} in this sign-in; the console needs the role ${FINANCE_ROLE}.`;
}
