import type { Board, Place, Standing } from '../api/types';

/** What leads from one version of a board to the next; event `changes`. */
export interface BoardChanges {
    board: string;
    window: string;
    asOf: string;
    /** Rank of the first line; absent when no line is left. */
    first?: number;
    /** Indexes into the former lines, from 0, ascending. */
    removed: number[];
    /** Lines that are new or changed, with their new ranks, ascending. */
    standings: Standing[];
    place?: Place;
}

/** The board after the changes; what it was before stays as it is. */
export function applyChanges(board: Board, changes: BoardChanges): Board {
    const removed = new Set(changes.removed);
    const lines = board.standings.filter((_, index) => !removed.has(index));
    const first = changes.first ?? 1;
    for (const line of changes.standings) lines.splice(line.rank - first, 0, line);
    const standings = lines.map((line, index) => (line.rank === first + index ? line : { ...line, rank: first + index }));
    const { place: _, ...rest } = board;
    return { ...rest, window: changes.window, asOf: changes.asOf, standings, ...(changes.place && { place: changes.place }) };
}
