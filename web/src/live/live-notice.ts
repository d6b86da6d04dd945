import { SignInNotConfiguredError } from '../api/session';
import type { LiveState } from '../api/types';

export interface Notice {
    title: string;
    detail: string;
}

/** What stands over the picture in each state of a live; nothing while it is active. */
export function noticeOf(state: LiveState, creatorName: string): Notice | undefined {
    switch (state) {
        case 'active':
            return undefined;
        case 'created':
            return { title: 'Not started yet', detail: `${creatorName} has not begun to stream. This page starts by itself.` };
        case 'away':
            return { title: `${creatorName} is away for a moment`, detail: 'The stream goes on here as soon as it is back. Gifts still count.' };
        case 'ended':
            return { title: 'This live has ended', detail: `Thank you for being here with ${creatorName}.` };
    }
}

/** What stands over the picture of a live that this viewer got no play token for. */
export function noticeOfNoAccess(problem: Error): Notice {
    const detail = problem instanceof SignInNotConfiguredError ? 'Sign-in is not configured on this server.' : problem.message;
    return { title: 'This live is for signed-in viewers', detail };
}
