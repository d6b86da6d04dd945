import type { TemplateResult } from 'lit';
import type { Question } from '../desk/ask-dialog';
import type { Column } from '../desk/book-table';
import type { Field } from '../desk/field';
import type { Route } from '../desk/route';
import type { Desk } from '../desk/view';

/** What a report's columns and tools work with. */
export interface ReportPlace {
    desk: Desk;
    route: Route;
    act(question: Question): Promise<void>;
    /** Shows what went wrong with a tool of the report. */
    failed(error: unknown): void;
}

/** A list of the API, as a view: which call, which filters, which columns. */
export interface Report<Row, Answer = unknown> {
    title: (route: Route) => string;
    note?: string;
    filters?: readonly Field[];
    /** Filters that are moments, so that they may be typed as people do. */
    moments?: readonly string[];
    call: (route: Route) => string;
    /** The name of the list in the answer. */
    list: string;
    /** Columns; those that can be sorted by are of lists that come whole. */
    columns: (place: ReportPlace) => readonly Column<Row>[];
    group?: (row: Row) => string;
    empty: string;
    /** A word beside the title of what the answer is about. */
    asOf?: (answer: Answer, route: Route) => string;
    /** What can be done here beside looking. */
    tools?: (place: ReportPlace) => TemplateResult;
    /** Filters that are set when the address names none. */
    defaults?: () => Record<string, string>;
}
