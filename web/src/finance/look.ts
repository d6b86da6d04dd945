import { css } from 'lit';

/** What the console's elements share, beside the look of all pages. */
export const bookLook = css`
    :host { display: block; }
    a { color: var(--link); text-underline-offset: 0.15em; }
    h1 { font-size: 1.5rem; letter-spacing: -0.02em; outline-offset: 4px; overflow-wrap: anywhere; }
    h2 { font-size: 1.1rem; margin: 1.6rem 0 0.5rem; }
    .head { display: flex; flex-wrap: wrap; gap: 0.3rem 1rem; align-items: baseline; justify-content: space-between; margin-bottom: 0.9rem; }
    .asof, .note { color: var(--ink-2); font-size: 0.92rem; max-width: 65rem; line-height: 1.45; }
    .note { margin: 0.4rem 0 0.8rem; }
    .amount { font-variant-numeric: tabular-nums; text-align: right; white-space: nowrap; }
    .code:not(th) { font-family: ui-monospace, 'SF Mono', Menlo, Consolas, monospace; font-size: 0.88em; overflow-wrap: anywhere; }
    .button { min-height: 40px; padding: 0 0.9rem; font-size: 0.92rem; }
    .button.small { min-height: 32px; padding: 0 0.7rem; font-size: 0.85rem; }
    .tools { margin-bottom: 0.9rem; }
    .row { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: center; }
    .message { background: var(--fault-back); color: var(--fault-ink); border-color: var(--fault-line); overflow-wrap: anywhere; margin: 0.6rem 0; }
    .quiet-message { padding: 0.6rem 0.8rem; border: 1px dashed var(--line); border-radius: 10px; color: var(--ink-2); margin: 0.6rem 0; }
    .good { color: var(--good); font-weight: 650; }
    .bad { color: var(--danger); font-weight: 650; }
    .chip { display: inline-block; padding: 0.05rem 0.5rem; border: 1px solid var(--line); border-radius: 999px; background: var(--panel); font-size: 0.85em; white-space: nowrap; }
    dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0.3rem 1.1rem; margin: 0.5rem 0 1rem; }
    dt { color: var(--ink-2); }
    dd { margin: 0; overflow-wrap: anywhere; }
    @media (max-width: 599px) {
        dl { grid-template-columns: 1fr; gap: 0 0; }
        dd { margin-bottom: 0.5rem; }
    }
    .print-only { display: none; }
    @media print {
        .print-only { display: inline; }
        .no-print, .button { display: none !important; }
        a { text-decoration: none; }
        h2 { break-after: avoid; }
    }
`;

/** Fields of forms. */
export const formLook = css`
    label, .labelled { display: flex; flex-direction: column; gap: 0.25rem; font-size: 0.88rem; color: var(--ink-2); min-width: 0; }
    input, select, textarea {
        min-height: 40px; padding: 0 0.7rem; border-radius: 10px; border: 1px solid var(--line); background: var(--field); color: var(--ink); font: inherit; font-size: 0.95rem; max-width: 100%;
    }
    input[type='file'] { padding: 0.45rem 0.7rem; }
    textarea { padding: 0.5rem 0.7rem; min-height: 5rem; resize: vertical; }
    small { color: var(--ink-2); }
`;
