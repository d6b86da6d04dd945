import { css } from 'lit';

/** What all of the pages' elements share: box model, visible focus, buttons, panels. */
export const shared = css`
    *, *::before, *::after { box-sizing: border-box; }
    :host { color: var(--ink); }
    :host([hidden]), [hidden] { display: none !important; }
    h1, h2, h3, p { margin: 0; }
    a { color: inherit; }
    button, input, select { font: inherit; color: inherit; }
    :focus-visible { outline: 3px solid var(--cyan); outline-offset: 2px; border-radius: 8px; }
    .button {
        display: inline-flex; align-items: center; justify-content: center; gap: 0.4rem;
        min-height: 44px; padding: 0 1.1rem; border: 1px solid var(--line); border-radius: 999px;
        background: var(--panel-2); color: var(--ink); font-weight: 650; cursor: pointer; text-decoration: none; white-space: nowrap;
    }
    .button:hover:not(:disabled) { border-color: var(--ink-2); }
    .button.party { border: 0; background: var(--party); color: #2a0715; font-weight: 800; }
    .button.party:hover:not(:disabled) { filter: brightness(1.08); }
    .button:disabled { opacity: 0.55; cursor: not-allowed; }
    .button.quiet { background: transparent; border-color: transparent; }
    .coin {
        display: inline-block; width: 0.95em; height: 0.95em; border-radius: 50%; vertical-align: -0.1em; flex: none;
        background: radial-gradient(circle at 35% 30%, #fff3c4, #ffcf4d 45%, #e39a12 100%); box-shadow: inset 0 0 0 1.5px #b9770a;
    }
    .message { padding: 0.6rem 0.8rem; border-radius: 10px; background: #4a1630; color: #ffdbe2; border: 1px solid #a43a5c; font-size: 0.92rem; }
    .hidden-words { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
    dialog {
        width: min(30rem, calc(100vw - 1.5rem)); padding: 1.25rem; color: var(--ink); background: var(--night-2);
        border: 1px solid var(--line); border-radius: 20px; box-shadow: 0 20px 80px #000b;
    }
    dialog::backdrop { background: #0a0518cc; backdrop-filter: blur(3px); }
    @media (prefers-reduced-motion: reduce) {
        *, *::before, *::after { animation: none !important; transition: none !important; }
    }
`;
