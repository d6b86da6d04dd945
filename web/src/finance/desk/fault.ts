import { ProblemError } from '../../api/problem';
import { SignInNeededError } from './staff-session';

/** What went wrong, as a view shows it. */
export interface Fault {
    /** `missing`: the server has no such call (yet); `sign-in`: nobody is signed in, or not as finance. */
    kind: 'refused' | 'missing' | 'sign-in' | 'failed';
    words: string;
}

const PERSON_NEEDED = 'Somebody else must do this: what one person asked for, another person decides.';

/**
 * Staff see the server's own words, with the name of the refusal.
 *
 * @param call the path that was asked for, when it names nothing that could be missing but the call itself
 */
export function faultOf(error: unknown, call?: string): Fault {
    if (error instanceof SignInNeededError) return { kind: 'sign-in', words: error.message };
    if (!(error instanceof ProblemError)) return { kind: 'failed', words: error instanceof Error ? error.message : String(error) };
    if (error.status === 404 && call !== undefined) {
        return { kind: 'missing', words: `This server does not have this yet: ${call.split('?')[0]} answers 404.` };
    }
    if (error.status === 401) return { kind: 'sign-in', words: 'The server does not take this sign-in. Sign in again.' };
    const detail = error.problem.detail ?? error.problem.title ?? error.message;
    const name = error.kind === '' ? '' : ` (${error.kind}, ${error.status})`;
    const more = error.kind === 'same-person' ? `${PERSON_NEEDED} ` : '';
    return { kind: 'refused', words: `${more}${detail}${name}` };
}
