import { css } from 'lit';

export const watchStyles = css`
    :host { display: flex; flex-direction: column; height: 100vh; height: 100dvh; overflow: hidden; }
    main { flex: 1; min-height: 0; display: flex; flex-direction: column; gap: 0.6rem; }
    .show { display: flex; flex-direction: column; gap: 0.5rem; min-width: 0; }
    confetti-player { width: 100%; max-height: 42dvh; }
    .about { display: flex; gap: 0.75rem; align-items: flex-start; justify-content: space-between; padding: 0 0.75rem; }
    .title { min-width: 0; }
    h1 { font-size: 1.05rem; line-height: 1.25; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    .title p { color: var(--ink-2); font-size: 0.88rem; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    .title b { color: var(--ink); }
    .tag { color: #b7a6ff; }
    .facts { display: flex; gap: 0.5rem; align-items: center; flex: none; }
    .state { padding: 0.12rem 0.55rem; border-radius: 6px; background: var(--panel-2); font-size: 0.75rem; font-weight: 800; text-transform: uppercase; letter-spacing: 0.04em; }
    .state.active { background: #d81f4c; color: #fff; }
    .state.away { background: #7a5200; color: #ffe6b0; }
    .viewers { font-size: 0.88rem; font-variant-numeric: tabular-nums; white-space: nowrap; }
    top-gifters[compact] { padding: 0 0.75rem; min-height: 34px; }
    .side { position: relative; flex: 1; min-height: 0; display: flex; flex-direction: column; gap: 0.6rem; }
    .side gift-tray { flex: 1; }
    .side > .message { flex: none; margin: 0 0.6rem; display: flex; align-items: center; gap: 0.75rem; justify-content: space-between; }
    .lost { display: flex; flex-direction: column; align-items: center; justify-content: center; gap: 1rem; text-align: center; padding: 2rem; }
    .lost h1 { font-size: 1.8rem; }
    @media (min-width: 900px) {
        main { display: grid; grid-template-columns: minmax(0, 1fr) 390px; gap: 1.25rem; padding: 0 clamp(0.75rem, 2vw, 2rem) 1.25rem; }
        main.lost { display: flex; }
        .show { gap: 0.9rem; overflow-y: auto; scrollbar-width: none; }
        .side > .message { margin: 0; }
        confetti-player { border-radius: 18px; max-height: calc(100dvh - 11rem); }
        .about { padding: 0 0.25rem; }
        h1 { font-size: 1.35rem; }
        .title p { font-size: 1rem; }
        .board { padding: 0.85rem; border-radius: 18px; border: 1px solid var(--line); background: #1b1133b0; flex: none; }
    }
    @media (max-width: 899px) and (orientation: landscape) {
        main { display: grid; grid-template-columns: minmax(0, 1fr) minmax(18rem, 42%); }
        confetti-player { max-height: 68dvh; }
    }
`;
