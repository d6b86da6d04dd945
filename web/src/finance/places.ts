import { html, type TemplateResult } from 'lit';
import './books/account-view';
import './books/entry-view';
import { RECORD_PAGES } from './books/record-pages';
import './books/record-view';
import './books/trial-balance-view';
import './books/viewer-view';
import type { Route } from './desk/route';
import type { Desk } from './desk/view';
import { bankMessages, batches } from './payouts/bank-reports';
import './payouts/creator-view';
import './payouts/payout-queue';
import './payouts/payout-view';
import './periods/periods-view';
import { seals } from './periods/seals';
import { adjustments, breakage } from './periods/two-persons';
import './periods/verify-view';
import { bankLines, payoutsAtBank } from './reconciliation/bank';
import { clearing, clearingItems } from './reconciliation/clearing';
import { providerMovements, providerSummary } from './reconciliation/providers';
import { settlements } from './reconciliation/settlements';
import { accesses, staffAccesses } from './reports/accesses';
import { accounts } from './reports/accounts';
import './reports/downloads-view';
import { journal } from './reports/journal';
import { lots } from './reports/lots';
import type { Report } from './reports/report';
import './reports/report-view';
import { deferredRevenue, vat } from './reports/revenue';
import './search/search-view';

export const HOME = 'trial-balance';

/** What the menu offers, in groups. */
export const MENU: readonly (readonly [group: string, places: readonly (readonly [place: string, label: string])[]])[] = [
    ['Books', [[HOME, 'Trial balance'], ['accounts', 'Accounts'], ['entries', 'Journal'], ['lots', 'Coin lots'], ['deferred-revenue', 'Deferred revenue'], ['vat', 'VAT']]],
    ['Payouts', [['payouts', 'Queue'], ['batches', 'Batches'], ['bank-messages', 'Bank messages']]],
    ['Reconciliation', [['settlements', 'Settlements'], ['providers', 'Providers'], ['movements', 'Money at providers'], ['payouts-at-bank', 'Payouts at the bank'], ['bank-lines', 'Bank lines'], ['clearing', 'Clearing accounts']]],
    ['Periods', [['periods', 'Months'], ['adjustments', 'Adjustments'], ['breakage', 'Breakage'], ['seals', 'Seals'], ['verify', 'Verify']]],
    ['Files and log', [['downloads', 'Downloads'], ['accesses', 'Access log'], ['staff-accesses', 'Requests of staff']]],
];

const REPORTS: Record<string, Report<any, any>> = { // each report has rows of its own shape
    accounts,
    entries: journal,
    lots,
    'deferred-revenue': deferredRevenue,
    vat,
    batches,
    'bank-messages': bankMessages,
    settlements,
    providers: providerSummary,
    movements: providerMovements,
    'payouts-at-bank': payoutsAtBank,
    'bank-lines': bankLines,
    clearing,
    adjustments,
    breakage,
    seals,
    accesses,
    'staff-accesses': staffAccesses,
};

/** The view of a place; undefined when the console has none there. */
export function viewOf(desk: Desk, route: Route): TemplateResult | undefined {
    const [place = HOME, id] = route.path;
    return id === undefined ? listOf(place, desk, route) : oneOf(place, desk, route);
}

function listOf(place: string, desk: Desk, route: Route): TemplateResult | undefined {
    switch (place) {
        case HOME:
            return html`<trial-balance-view data-view .desk=${desk} .route=${route}></trial-balance-view>`;
        case 'search':
            return html`<search-view data-view .desk=${desk} .route=${route}></search-view>`;
        case 'payouts':
            return html`<payout-queue data-view .desk=${desk} .route=${route}></payout-queue>`;
        case 'periods':
            return html`<periods-view data-view .desk=${desk} .route=${route}></periods-view>`;
        case 'verify':
            return html`<verify-view data-view .desk=${desk} .route=${route}></verify-view>`;
        case 'downloads':
            return html`<downloads-view data-view .desk=${desk} .route=${route}></downloads-view>`;
        default:
            return REPORTS[place] && reportView(REPORTS[place], desk, route);
    }
}

function oneOf(place: string, desk: Desk, route: Route): TemplateResult | undefined {
    switch (place) {
        case 'accounts':
            return html`<account-view data-view .desk=${desk} .route=${route}></account-view>`;
        case 'entries':
            return html`<entry-view data-view .desk=${desk} .route=${route}></entry-view>`;
        case 'payouts':
            return html`<payout-view data-view .desk=${desk} .route=${route}></payout-view>`;
        case 'creators':
            return html`<creator-view data-view .desk=${desk} .route=${route}></creator-view>`;
        case 'viewers':
            return html`<viewer-view data-view .desk=${desk} .route=${route}></viewer-view>`;
        case 'clearing':
            return reportView(clearingItems, desk, route);
        default: {
            const page = RECORD_PAGES[place as keyof typeof RECORD_PAGES];
            return page && html`<record-view data-view .page=${page} .desk=${desk} .route=${route}></record-view>`;
        }
    }
}

function reportView(report: Report<any, any>, desk: Desk, route: Route): TemplateResult {
    return html`<report-view data-view .report=${report} .desk=${desk} .route=${route}></report-view>`;
}
