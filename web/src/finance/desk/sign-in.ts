import { html } from 'lit';
import { newKey } from '../../api/session';
import type { Question } from './ask-dialog';
import type { StaffSession } from './staff-session';

/** Asks who somebody is: by the developer sign-in where the server has it, else by a token. */
export function signInQuestion(session: StaffSession): Question {
    const claims = session.claims;
    return {
        title: 'Sign in',
        note: html`Developer sign-in: say who you are. Without it, leave the name empty and paste a bearer token with the role <b>finance</b>.`,
        fields: [
            { name: 'sub', label: 'Your id', value: claims?.sub ?? '', hint: 'Developer sign-in only, such as fin-1' },
            {
                name: 'roles',
                label: 'Role',
                kind: 'choice',
                choices: [
                    ['finance', 'finance'],
                    ['finance admin', 'finance and admin'],
                    ['viewer', 'viewer (sees no books)'],
                ],
            },
            { name: 'token', label: 'Or a token', kind: 'secret' },
        ],
        confirm: 'Sign in',
        run: async ({ sub = '', roles = 'finance', token = '' }) => {
            if (token !== '') session.signInWith(token);
            else await session.signInAsDeveloper(sub === '' ? `finance-${newKey().slice(0, 8)}` : sub, sub, roles.split(' '));
            return `You are signed in as ${session.claims?.name ?? ''}.`;
        },
    };
}
