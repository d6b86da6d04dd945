import { css } from 'lit';

export const pageLook = css`
    :host { min-height: 100vh; }
    .skip { position: absolute; left: 0.5rem; top: -4rem; z-index: 2; padding: 0.6rem 1rem; background: var(--night-2); border: 1px solid var(--line); border-radius: 10px; }
    .skip:focus { top: 0.5rem; }
    header { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem 1.2rem; padding: 0.5rem clamp(0.75rem, 2vw, 1.5rem); border-bottom: 1px solid var(--line); background: var(--night-2); }
    .home { display: inline-flex; align-items: center; gap: 0.5rem; min-height: 40px; color: inherit; text-decoration: none; font-weight: 850; font-size: 1.15rem; letter-spacing: -0.02em; }
    .home span { font-weight: 500; color: var(--ink-2); }
    .home img { width: 28px; height: 28px; }
    form[role='search'] { display: flex; gap: 0.4rem; flex: 1 1 18rem; max-width: 40rem; }
    form[role='search'] input { flex: 1; min-width: 0; }
    .person { margin-left: auto; font-weight: 600; }
    .desk { display: grid; grid-template-columns: 13rem minmax(0, 1fr); gap: clamp(1rem, 2.5vw, 2.2rem); padding: 1.1rem clamp(0.75rem, 2vw, 1.5rem) 3rem; max-width: 110rem; }
    main { min-width: 0; outline-offset: 4px; }
    nav h2 { margin: 0.8rem 0 0.15rem; padding: 0 0.7rem; font-size: 0.78rem; text-transform: uppercase; letter-spacing: 0.06em; color: var(--ink-2); }
    nav h2:first-child { margin-top: 0; }
    nav ul { list-style: none; margin: 0; padding: 0; }
    nav a { display: flex; align-items: center; min-height: 30px; padding: 0 0.7rem; font-size: 0.95rem; border-radius: 9px; color: var(--ink); text-decoration: none; }
    nav a:hover { background: var(--panel); }
    nav a[aria-current] { background: var(--panel-2); font-weight: 700; }
    .menu-button { display: none; }
    .printed { display: none; }
    @media (max-width: 899px) {
        .desk { grid-template-columns: minmax(0, 1fr); gap: 0.8rem; }
        .menu-button { display: flex; justify-content: flex-start; }
        nav:not(.open) { display: none; }
        nav.open { display: grid; grid-template-columns: 1fr 1fr; gap: 0 1rem; padding-bottom: 1rem; border-bottom: 1px solid var(--line); }
        nav.open h2 { grid-column: 1 / -1; }
        nav.open ul { grid-column: 1 / -1; display: grid; grid-template-columns: 1fr 1fr; }
        nav a { min-height: 42px; }
    }
    @media print {
        .skip { display: none; }
        .desk { display: block; padding: 0; max-width: none; }
        .printed { display: block; margin: 0 0 4mm; padding-bottom: 1.5mm; border-bottom: 0.5pt solid #999; font-size: 8pt; overflow-wrap: anywhere; }
    }
`;
