import type { ApiClient } from '../api/client';
import type { Standing } from '../api/types';

interface Choice {
    hidden: boolean;
}

/** Whether boards show who the viewer is, as the service has it. */
export class BoardVisibility {
    /** undefined until the service has answered. */
    hidden: boolean | undefined;
    problem = '';
    busy = false;

    constructor(
        private readonly api: Pick<ApiClient, 'readMine' | 'set'>,
        private readonly personId: () => string,
        private readonly changed: () => void,
    ) {}

    load(): Promise<void> {
        return this.take(() => this.api.readMine<Choice>(this.path()));
    }

    /** Hides the viewer or shows them again; where that fails, what was chosen before stays. */
    choose(hidden: boolean): Promise<void> {
        return this.take(() => this.api.set<Choice>(this.path(), { hidden }));
    }

    private async take(call: () => Promise<Choice>): Promise<void> {
        this.busy = true;
        this.problem = '';
        this.changed();
        try {
            this.hidden = (await call()).hidden;
        } catch (error) {
            this.problem = error instanceof Error ? error.message : String(error);
        } finally {
            this.busy = false;
            this.changed();
        }
    }

    private path(): string {
        return `/v1/people/${encodeURIComponent(this.personId())}/board-visibility`;
    }
}

/** What a board calls one who stands on it. */
export function nameOn(standing: Standing): string {
    return standing.hidden ? 'Hidden' : standing.name;
}
