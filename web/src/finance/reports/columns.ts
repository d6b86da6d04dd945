import { html } from 'lit';
import type { Money } from '../../api/types';
import { amountText, compareAmounts, majorOf, moneyText } from '../desk/amount';
import type { Column } from '../desk/book-table';
import type { AccountRow } from '../shapes';
import { accountLink, bareTime, entryLink, idLink } from '../desk/links';
import { typeText } from '../desk/words';

/** Columns that many tables have; a field that is missing leaves its cell empty. */

export function text<Row>(label: string, of: (row: Row) => string | number | undefined): Column<Row> {
    return { label, cell: (row) => of(row) ?? '' };
}

/** What people wrote: it may be long. */
export function words<Row>(label: string, of: (row: Row) => string | undefined): Column<Row> {
    return { ...text(label, of), kind: 'words' };
}

export function amount<Row>(label: string, of: (row: Row) => string | number | undefined): Column<Row> {
    return { label, kind: 'amount', cell: (row) => amountOf(of(row)) };
}

/** An amount by which a whole list can be sorted. */
export function sortedAmount<Row>(label: string, of: (row: Row) => string | undefined): Column<Row> {
    return { ...amount(label, of), order: (a, b) => compareAmounts(of(a) ?? '0', of(b) ?? '0') };
}

export function money<Row>(label: string, of: (row: Row) => Money | undefined): Column<Row> {
    return {
        label,
        kind: 'amount',
        cell: (row) => {
            const value = of(row);
            return value === undefined ? '' : moneyText(value);
        },
    };
}

/** Minor units beside a column that names the currency. */
export function minor<Row>(label: string, of: (row: Row) => number | undefined, currency: (row: Row) => string): Column<Row> {
    return amount(label, (row) => {
        const units = of(row);
        return units === undefined ? undefined : majorOf({ amountMinor: units, currency: currency(row) });
    });
}

export function instant<Row>(label: string, of: (row: Row) => string | undefined): Column<Row> {
    return {
        label: `${label} (UTC)`,
        cell: (row) => {
            const at = of(row);
            return at === undefined ? '' : bareTime(at);
        },
    };
}

export function id<Row>(label: string, of: (row: Row) => string | undefined, place?: string): Column<Row> {
    return {
        label,
        cell: (row) => {
            const value = of(row);
            return value === undefined ? '' : idLink(value, place);
        },
    };
}

export function entry<Row>(label: string, of: (row: Row) => number | undefined): Column<Row> {
    return {
        label,
        cell: (row) => {
            const position = of(row);
            return position === undefined ? '' : entryLink(position);
        },
    };
}

export function account<Row>(label: string, of: (row: Row) => string): Column<Row> {
    return { label, cell: (row) => accountLink(of(row)) };
}

export function eventType<Row>(of: (row: Row) => string): Column<Row> {
    return { label: 'Event', cell: (row) => typeText(of(row)) };
}

export function chip<Row>(label: string, of: (row: Row) => string | undefined): Column<Row> {
    return {
        label,
        cell: (row) => {
            const value = of(row);
            return value === undefined ? '' : html`<span class="chip">${value}</span>`;
        },
    };
}

function amountOf(value: string | number | undefined): string {
    return value === undefined ? '' : amountText(String(value));
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
