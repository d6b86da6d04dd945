import type { ApiClient } from '../../api/client';

/** A list of the API as far as it has been read: `{"<word>":[…],"nextCursor":…}`, page by page. */
export class Pages<Row, Answer = unknown> {
    private constructor(
        private readonly api: Pick<ApiClient, 'readMine'>,
        private readonly path: string,
        private readonly word: string,
        /** Whole answers may say more than rows: the first one. */
        readonly first: Answer,
        readonly rows: readonly Row[],
        private readonly cursor: string | undefined,
    ) {}

    static async read<Row, Answer = unknown>(api: Pick<ApiClient, 'readMine'>, path: string, word: string): Promise<Pages<Row, Answer>> {
        const page = await read<Row>(api, path, word);
        return new Pages(api, path, word, page.answer as Answer, page.rows, page.cursor);
    }

    get hasMore(): boolean {
        return this.cursor !== undefined;
    }

    async next(): Promise<Pages<Row, Answer>> {
        const page = await read<Row>(this.api, `${this.path}${this.path.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(this.cursor ?? '')}`, this.word);
        return new Pages(this.api, this.path, this.word, this.first, [...this.rows, ...page.rows], page.cursor);
    }
}

async function read<Row>(api: Pick<ApiClient, 'readMine'>, path: string, word: string): Promise<{ answer: unknown; rows: Row[]; cursor: string | undefined }> {
    const answer = await api.readMine<Record<string, unknown>>(path);
    const rows = answer[word];
    if (!Array.isArray(rows)) throw new Error(`${path.split('?')[0]}: expected a list "${word}" in the answer`);
    const cursor = answer['nextCursor'];
    return { answer, rows: rows as Row[], cursor: typeof cursor === 'string' ? cursor : undefined };
}
