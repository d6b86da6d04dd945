import { css } from 'lit';

export const tableLook = css`
    :host { margin: 0 0 1rem; }
    .scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 12px; background: var(--night-2); }
    table { border-collapse: collapse; width: 100%; font-size: 0.92rem; }
    caption { text-align: left; padding: 0.65rem 0.8rem; font-weight: 700; }
    .count { color: var(--ink-2); font-weight: 500; font-size: 0.88em; }
    th, td { padding: 0.42rem 0.8rem; text-align: left; vertical-align: top; font-weight: 400; border-top: 1px solid var(--line); white-space: nowrap; }
    thead th { color: var(--ink-2); font-weight: 600; font-size: 0.85rem; white-space: nowrap; background: var(--panel); }
    tbody tr:nth-child(even) { background: var(--stripe); }
    .group th { font-weight: 700; background: var(--panel); padding-top: 0.6rem; }
    th.amount, td.amount { text-align: right; }
    .acts .row { flex-wrap: nowrap; }
    td.words { min-width: 14rem; white-space: normal; overflow-wrap: anywhere; }
    td.code { min-width: 12rem; white-space: normal; }
    td a.code, th a.code { overflow-wrap: normal; }
    td.empty { white-space: normal; color: var(--ink-2); padding: 1rem 0.8rem; }
    tfoot td, tfoot th { font-weight: 700; }
    tfoot tr:first-child > * { border-top: 2px solid var(--ink-2); }
    .sort { border: 0; background: none; padding: 0; font: inherit; color: inherit; cursor: pointer; text-decoration: underline dotted; text-underline-offset: 0.2em; }
    .more { margin: 0.6rem 0 0; }
    @media (max-width: 599px) {
        th, td, caption { padding-left: 0.5rem; padding-right: 0.5rem; }
    }
    @media print {
        :host { margin-bottom: 4mm; }
        .scroll { overflow: visible; border: 0; border-radius: 0; }
        table { font-size: 9pt; }
        caption { padding-left: 0; }
        th, td { padding: 1mm 1.5mm; border-top: 0.3pt solid #999; white-space: normal; }
        th.amount, td.amount { white-space: nowrap; }
        td a.code, th a.code { overflow-wrap: anywhere; }
        thead { display: table-header-group; }
        tfoot { display: table-row-group; }
        thead th { border-bottom: 0.8pt solid #000; }
        tr { break-inside: avoid; }
        .group { break-after: avoid; }
        .sort { text-decoration: none; }
        th.acts, td.acts { display: none; }
        td.code, td.words { min-width: 0; }
        .code { font-size: 8pt; }
    }
`;
