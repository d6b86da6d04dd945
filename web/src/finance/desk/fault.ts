import { ProblemError, type Problem } from '../../api/problem';
import { SignInNeededError } from './staff-session';

/** What went wrong, as a view shows it. */
export interface Fault {
    /** `missing`: the server has no such call (yet); `sign-in`: nobody is signed in, or not as finance. */
    kind: 'refused' | 'missing' | 'sign-in' | 'failed';
    words: string;
}

const PERSON_NEEDED = 'Somebody else must do this: what one person asked for, another person decides.';

/** Staff see the server's own words, with the name of the refusal. */
export function faultOf(error: unknown): Fault {
    if (error instanceof SignInNeededError) return { kind: 'sign-in', words: error.message };
    if (!(error instanceof ProblemError)) return { kind: 'failed', words: error instanceof Error ? error.message : String(error) };
    if (error.status === 404 && isNoCall(error.problem)) {
        return { kind: 'missing', words: `This server does not have this yet. It says: ${error.problem.detail ?? 'not found (404)'}` };
    }
    if (error.status === 401) return { kind: 'sign-in', words: 'The server does not take this sign-in. Sign in again.' };
    const detail = error.problem.detail ?? error.problem.title ?? error.message;
    const name = error.kind === '' ? '' : ` (${error.kind}, ${error.status})`;
    const more = error.kind === 'same-person' ? `${PERSON_NEEDED} ` : '';
    return { kind: 'refused', words: `${more}${detail}${name}` };
}

/** Not that what was asked for does not exist, but that nobody answers such a question: of the gift service, of the ledger, of a proxy. */
function isNoCall({ detail }: Problem): boolean {
    return detail === undefined || /^No static resource|: expected a call of the API/.test(detail);
}
