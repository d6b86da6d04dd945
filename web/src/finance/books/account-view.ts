import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { amountText } from '../desk/amount';
import { table } from '../desk/book-table';
import type { Field } from '../desk/field';
import '../desk/filter-form';
import { bareTime, entryLink, idLink } from '../desk/links';
import { momentAt, momentOf } from '../desk/moment';
import { Pages } from '../desk/pages';
import { callOf } from '../desk/route';
import { BookView } from '../desk/view';
import { typeText } from '../desk/words';
import type { AccountDetail, AccountPosting } from '../shapes';

const FIELDS: readonly Field[] = [
    { name: 'asOf', label: 'Balance as of', width: 22, hint: 'Empty: now' },
    { name: 'from', label: 'Postings from', width: 22, hint: 'Within' },
    { name: 'to', label: 'Postings to', width: 22, hint: 'Instant: not within. Position: within' },
    { name: 'order', label: 'Order', kind: 'choice', choices: [['', 'latest first'], ['asc', 'oldest first']] },
];
const MOMENTS = ['asOf', 'from', 'to'];

/** One account: what it holds as of any moment, and each posting that led there. */
@customElement('account-view')
export class AccountView extends BookView {
    @state() private account: AccountDetail | undefined;
    @state() private postings: Pages<AccountPosting> | undefined;

    private get code(): string {
        return this.route.path[1] ?? '';
    }

    protected async load(): Promise<() => void> {
        const { asOf, from, to, order = 'desc' } = this.route.query;
        const path = ['ledger', 'accounts', this.code];
        const [account, postings] = await Promise.all([
            this.desk.api.readMine<AccountDetail>(callOf(path, { asOf })),
            Pages.read<AccountPosting>(this.desk.api, callOf([...path, 'postings'], { from, to, order }), 'postings'),
        ]);
        return () => {
            this.account = account;
            this.postings = postings;
        };
    }

    protected heading(): string {
        return `Account ${this.code}`;
    }

    protected override asOf(): string {
        if (this.account === undefined) return '';
        return `As of ${momentAt(this.route.query['asOf'], this.account.asOf.position)}`;
    }

    protected override offers(): TemplateResult {
        return html`<filter-form .fields=${FIELDS} .values=${this.route.query} @filter=${this.filtered}></filter-form>`;
    }

    protected content(): TemplateResult {
        return html`${this.balances()} ${this.list()}`;
    }

    private filtered(event: CustomEvent<Record<string, string>>): void {
        this.go(Object.fromEntries(Object.entries(event.detail).map(([name, value]) => [name, MOMENTS.includes(name) ? momentOf(value) : value])));
    }

    private balances(): TemplateResult | typeof nothing {
        if (this.account === undefined) return nothing;
        return table({
            caption: `Balance (${this.account.type}, normal side ${this.account.normalSide})`,
            columns: [
                { label: 'Asset', cell: (row) => row.asset },
                { label: 'Debits', kind: 'amount', cell: (row) => amountText(row.debits) },
                { label: 'Credits', kind: 'amount', cell: (row) => amountText(row.credits) },
                { label: 'Balance', kind: 'amount', cell: (row) => amountText(row.balance) },
            ],
            rows: this.account.balances,
            empty: 'Nothing was posted to it up to this moment.',
        });
    }

    private list(): TemplateResult | typeof nothing {
        if (this.postings === undefined) return nothing;
        const side = (side: 'D' | 'C') => (row: AccountPosting) => (row.side === side ? amountText(row.amount) : '');
        return table<AccountPosting>({
            caption: `Postings to ${this.code}`,
            columns: [
                { label: 'Entry', cell: (row) => entryLink(row.entryId) },
                { label: 'Recorded (UTC)', cell: (row) => bareTime(row.recordedAt) },
                { label: 'Event', cell: (row) => typeText(row.type) },
                { label: 'Reference', cell: (row) => idLink(row.reference) },
                { label: 'Asset', cell: (row) => row.asset },
                { label: 'Debit', kind: 'amount', cell: side('D') },
                { label: 'Credit', kind: 'amount', cell: side('C') },
            ],
            rows: this.postings.rows,
            empty: 'Nothing was posted to it in this range.',
            more: this.more(this.postings, (pages) => (this.postings = pages)),
        });
    }
}
