import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { amountText, compareAmounts, minus } from '../desk/amount';
import { table, type Column } from '../desk/book-table';
import type { Field } from '../desk/field';
import '../desk/filter-form';
import { accountLink } from '../desk/links';
import { momentAt, momentOf, momentText } from '../desk/moment';
import { Pages } from '../desk/pages';
import { callOf, hrefOf } from '../desk/route';
import { BookView } from '../desk/view';
import { byText } from '../desk/words';
import type { AccountRow, Total, TrialBalance } from '../shapes';
import { compared, groupName, inOrder, isBalanced, withoutEmpty, type TrialRow } from './trial-rows';

type Page = Pages<AccountRow, TrialBalance>;

const FIELDS: readonly Field[] = [
    { name: 'asOf', label: 'As of', width: 22, hint: 'Empty: now' },
    { name: 'compare', label: 'Compared with', width: 22 },
    { name: 'expand', label: 'Viewers and creators', kind: 'choice', choices: [['', 'added up'], ['viewers', 'each viewer'], ['creators', 'each creator'], ['all', 'each of both']] },
    { name: 'empty', label: 'Empty accounts', kind: 'choice', choices: [['', 'shown'], ['no', 'left out']] },
];
const MOMENTS = 'A moment is an instant such as 2026-11-30 23:59:59 (UTC), a date, which means its first instant, or a position of the log such as 1234.';

/** All accounts as of any moment: debits and credits are equal, and the page says so. */
@customElement('trial-balance-view')
export class TrialBalanceView extends BookView {
    @state() private now: Page | undefined;
    @state() private then: Page | undefined;

    protected async load(): Promise<() => void> {
        const { asOf, compare } = this.route.query;
        const [now, then] = await Promise.all([this.read(asOf), compare === undefined ? undefined : this.read(compare)]);
        return () => {
            this.now = now;
            this.then = then;
        };
    }

    private read(asOf: string | undefined): Promise<Page> {
        return Pages.read(this.desk.api, callOf(['ledger', 'trial-balance'], { asOf, expand: this.route.query['expand'] }), 'accounts');
    }

    protected heading(): string {
        return 'Trial balance';
    }

    protected override asOf(): string {
        if (this.now === undefined) return '';
        const { asOf, compare } = this.route.query;
        const then = this.then ? `, compared with ${momentAt(compare, this.then.first.asOf.position)}` : '';
        return `As of ${momentAt(asOf, this.now.first.asOf.position)}${then}`;
    }

    protected override offers(): TemplateResult {
        return html`<filter-form
            .fields=${FIELDS}
            .values=${this.route.query}
            .note=${MOMENTS}
            @filter=${(event: CustomEvent<Record<string, string>>) => this.go({ ...event.detail, asOf: momentOf(event.detail['asOf']!), compare: momentOf(event.detail['compare']!) })}
        ></filter-form>`;
    }

    protected content(): TemplateResult | typeof nothing {
        return this.now ? html`${totals(this.now.first.totals)} ${this.accounts(this.now)}` : nothing;
    }

    private accounts(now: Page): TemplateResult {
        const all = this.then ? compared(now.rows, this.then.rows, { now: now.hasMore, then: this.then.hasMore }) : now.rows;
        const rows = inOrder(this.route.query['empty'] === 'no' ? withoutEmpty(all) : all);
        return table<TrialRow>({
            caption: `Accounts as of ${momentText(this.route.query['asOf'])}`,
            columns: this.columns(),
            rows,
            group: (row) => groupName(row.type),
            empty: 'Nothing was posted up to this moment.',
            more: now.hasMore || this.then?.hasMore ? () => this.readOn() : undefined,
        });
    }

    private async readOn(): Promise<void> {
        const [now, then] = await Promise.all([this.now?.hasMore ? this.now.next() : this.now, this.then?.hasMore ? this.then.next() : this.then]);
        this.now = now;
        this.then = then;
        this.desk.say(`${now?.rows.length ?? 0} accounts are shown.`);
    }

    private columns(): Column<TrialRow>[] {
        const asOf = this.route.query['asOf'];
        const amount = (label: string, of: (row: TrialRow) => string): Column<TrialRow> => ({
            label,
            kind: 'amount',
            cell: (row) => amountText(of(row)),
            order: (a, b) => compareAmounts(of(a), of(b)),
        });
        return [
            { label: 'Account', cell: (row) => (row.code.includes(':*:') ? this.rolledUp(row) : accountLink(row.code, asOf)), order: (a, b) => byText(a.code, b.code) },
            { label: 'Asset', cell: (row) => row.asset, order: (a, b) => byText(a.asset, b.asset) },
            amount('Debits', (row) => row.debits),
            amount('Credits', (row) => row.credits),
            amount('Balance', (row) => row.balance),
            ...(this.then ? [amount('Balance then', (row) => row.then ?? '0'), amount('Change', (row) => row.change ?? '0')] : []),
        ];
    }

    private rolledUp(row: TrialRow): TemplateResult {
        const expand = row.code.startsWith('viewer:') ? 'viewers' : 'creators';
        return html`<a class="code" href=${hrefOf(this.route.path, { ...this.route.query, expand })} title="Show each of the ${expand}">${row.code}</a>`;
    }
}

function totals(all: readonly Total[]): TemplateResult {
    return table<Total>({
        caption: 'Totals',
        columns: [
            { label: 'Asset', cell: (total) => total.asset },
            { label: 'Check', cell: verdict },
            { label: 'Debits', kind: 'amount', cell: (total) => amountText(total.debits) },
            { label: 'Credits', kind: 'amount', cell: (total) => amountText(total.credits) },
        ],
        rows: all,
        empty: 'Nothing was posted up to this moment.',
    });
}

function verdict(total: Total): TemplateResult {
    if (isBalanced(total)) return html`<span class="good" data-testid="balanced">✓ equal</span>`;
    return html`<span class="bad">✗ they differ by ${amountText(minus(total.debits, total.credits))}</span>`;
}
