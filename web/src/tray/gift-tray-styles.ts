import { css } from 'lit';

export const trayStyles = css`
    :host { display: flex; min-height: 0; min-width: 0; }
    .tray { display: flex; flex-direction: column; flex: 1; min-height: 0; min-width: 0; background: var(--night-2); border: 1px solid var(--line); border-radius: 18px; overflow: hidden; }
    .top { display: flex; flex-direction: column; gap: 0.5rem; padding: 0.6rem 0.6rem 0.5rem; }
    .tabs { display: flex; gap: 0.15rem; overflow-x: auto; scrollbar-width: none; }
    .tab { flex: 1 0 auto; min-height: 40px; padding: 0 0.4rem; font-size: 0.88rem; border: 0; border-radius: 999px; background: transparent; color: var(--ink-2); font-weight: 650; cursor: pointer; }
    .tab:hover { color: var(--ink); }
    .tab[aria-selected='true'] { background: var(--panel-2); color: var(--c, var(--ink)); box-shadow: inset 0 0 0 1.5px var(--c, var(--line)); }
    .t1 { --c: var(--tier-1); } .t2 { --c: var(--tier-2); } .t3 { --c: var(--tier-3); } .t4 { --c: var(--tier-4); } .t5 { --c: var(--tier-5); }
    input[type='search'] { min-height: 40px; width: 100%; padding: 0 0.9rem; border-radius: 999px; border: 1px solid var(--line); background: #150b2b; }
    input::placeholder { color: #a99bcc; opacity: 1; }

    .gifts { flex: 1; min-height: 9rem; overflow-y: auto; overscroll-behavior: contain; padding: 0.25rem 0.6rem 0.75rem; display: grid; grid-template-columns: repeat(auto-fill, minmax(78px, 1fr)); grid-auto-rows: min-content; gap: 0.4rem; scrollbar-color: var(--line) transparent; }
    .none { grid-column: 1 / -1; padding: 2rem 1rem; text-align: center; color: var(--ink-2); }
    .gift {
        display: flex; flex-direction: column; align-items: center; gap: 0.1rem; padding: 0.45rem 0.2rem 0.4rem; min-width: 0;
        border: 1.5px solid transparent; border-radius: 14px; background: color-mix(in srgb, var(--panel) 80%, transparent); cursor: pointer; content-visibility: auto; contain-intrinsic-size: 80px 104px;
    }
    .gift:hover { background: var(--panel-2); }
    .gift[aria-pressed='true'] { border-color: var(--c); background: color-mix(in srgb, var(--c) 18%, var(--panel)); }
    .gift img { width: 56px; height: 56px; object-fit: contain; transition: transform 0.15s; }
    .gift:hover img, .gift[aria-pressed='true'] img { transform: scale(1.1); }
    .gift.t4, .gift.t5 { background: linear-gradient(160deg, color-mix(in srgb, var(--c) 22%, var(--panel)), var(--panel)); }
    .name { font-size: 0.74rem; line-height: 1.15; max-width: 100%; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
    .price { display: inline-flex; align-items: center; gap: 0.22rem; font-size: 0.74rem; font-weight: 700; color: #ffe39b; font-variant-numeric: tabular-nums; }

    .bar { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem; padding: 0.6rem; padding-bottom: max(0.6rem, env(safe-area-inset-bottom)); background: var(--panel); border-top: 1px solid var(--line); }
    .purse { display: flex; align-items: center; gap: 0.45rem; margin-right: auto; }
    .balance { display: inline-flex; align-items: center; gap: 0.35rem; font-size: 1.05rem; font-variant-numeric: tabular-nums; }
    .button.small { min-height: 40px; padding: 0 0.75rem; font-size: 0.86rem; }
    .order { display: flex; flex: 1 1 auto; gap: 0.4rem; align-items: center; }
    select { min-height: 44px; padding: 0 0.5rem; border-radius: 999px; border: 1px solid var(--line); background: #150b2b; }
    .send { position: relative; flex: 1; min-width: 8.2rem; padding: 0 0.9rem; font-variant-numeric: tabular-nums; }
    .send:active:not(:disabled) { transform: scale(0.96); }
    .send.combo { background: linear-gradient(100deg, #ffcf4d, #ff8a3a); animation: bounce 0.25s; }
    .cost { display: inline-flex; align-items: center; gap: 0.22rem; }
    .ring { position: absolute; inset: -4px; border-radius: 999px; border: 3px solid #ffcf4d; animation: leave 5s linear forwards; pointer-events: none; }
    .short, .closed { flex-basis: 100%; font-size: 0.86rem; color: #ffd9a0; }
    .closed { flex: 1 1 12rem; }
    @keyframes leave { to { opacity: 0; } }
    @keyframes bounce { from { transform: scale(1.06); } }
    @media (max-width: 379px) { .send { min-width: 6.5rem; } }
`;
