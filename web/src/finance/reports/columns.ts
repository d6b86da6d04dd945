import { html } from 'lit';
import type { Money } from '../../api/types';
import { amountText, compareAmounts, moneyText } from '../desk/amount';
import type { Column } from '../desk/book-table';
import type { AccountRow } from '../shapes';
import { accountLink, bareTime, entryLink, idLink } from '../desk/links';
import { byText, typeText } from '../desk/words';

/** Columns that many tables have; a field that is missing, or null in the API's answer, leaves its cell empty. */

type Maybe<Value> = Value | null | undefined;

export function text<Row>(label: string, of: (row: Row) => Maybe<string | number>): Column<Row> {
    return { label, cell: (row) => of(row) ?? '' };
}

/** A word by which a whole list can be sorted. */
export function sortedText<Row>(label: string, of: (row: Row) => string): Column<Row> {
    return { ...text(label, of), order: (a, b) => byText(of(a), of(b)) };
}

/** What people wrote: it may be long. */
export function words<Row>(label: string, of: (row: Row) => Maybe<string>): Column<Row> {
    return { ...text(label, of), kind: 'words' };
}

export function amount<Row>(label: string, of: (row: Row) => Maybe<string | number>): Column<Row> {
    return { label, kind: 'amount', cell: (row) => amountOf(of(row)) };
}

/** An amount by which a whole list can be sorted. */
export function sortedAmount<Row>(label: string, of: (row: Row) => Maybe<string>): Column<Row> {
    return { ...amount(label, of), order: (a, b) => compareAmounts(of(a) ?? '0', of(b) ?? '0') };
}

export function money<Row>(label: string, of: (row: Row) => Maybe<Money>): Column<Row> {
    return {
        label,
        kind: 'amount',
        cell: (row) => {
            const value = of(row);
            return value == null ? '' : moneyText(value);
        },
    };
}

/** Minor units of a currency that stands elsewhere in the row. */
export function minor<Row>(label: string, of: (row: Row) => Maybe<number>, currency: (row: Row) => Maybe<string>): Column<Row> {
    return money(label, (row) => {
        const amountMinor = of(row);
        const code = currency(row);
        return amountMinor == null || code == null ? undefined : { amountMinor, currency: code };
    });
}

export function instant<Row>(label: string, of: (row: Row) => Maybe<string>): Column<Row> {
    return {
        label: `${label} (UTC)`,
        cell: (row) => {
            const at = of(row);
            return at == null ? '' : bareTime(at);
        },
    };
}

export function id<Row>(label: string, of: (row: Row) => string | undefined, place?: string): Column<Row> {
    return {
        label,
        cell: (row) => {
            const value = of(row);
            return value == null ? '' : idLink(value, place);
        },
    };
}

export function entry<Row>(label: string, of: (row: Row) => Maybe<number>): Column<Row> {
    return {
        label,
        cell: (row) => {
            const position = of(row);
            return position == null ? '' : entryLink(position);
        },
    };
}

export function account<Row>(label: string, of: (row: Row) => string): Column<Row> {
    return { label, cell: (row) => accountLink(of(row)) };
}

export function eventType<Row>(of: (row: Row) => string): Column<Row> {
    return { label: 'Event', cell: (row) => typeText(of(row)) };
}

export function chip<Row>(label: string, of: (row: Row) => Maybe<string>): Column<Row> {
    return {
        label,
        cell: (row) => {
            const value = of(row);
            return value == null ? '' : html`<span class="chip">${value}</span>`;
        },
    };
}

function amountOf(value: Maybe<string | number>): string {
    return value == null ? '' : amountText(String(value));
}

/** An account's code and what it holds, per asset. */
export function accountColumns(): Column<AccountRow>[] {
    return [
        account('Account', (row) => row.code),
        text('Asset', (row) => row.asset),
        amount('Debits', (row) => row.debits),
        amount('Credits', (row) => row.credits),
        amount('Balance', (row) => row.balance),
    ];
}
