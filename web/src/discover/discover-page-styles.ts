import { css } from 'lit';

export const discoverStyles = css`
    :host { display: block; min-height: 100vh; }
    main { max-width: 76rem; margin: 0 auto; padding: 0.5rem clamp(0.9rem, 3vw, 2rem) 3rem; }
    .hello { padding: clamp(1rem, 4vw, 2.6rem) 0 clamp(1.25rem, 4vw, 2.4rem); }
    h1 { font-size: clamp(2rem, 7vw, 3.5rem); line-height: 1.02; letter-spacing: -0.035em; font-weight: 850; text-wrap: balance; }
    em { font-style: normal; background: var(--party); -webkit-background-clip: text; background-clip: text; color: transparent; }
    .hello p { margin-top: 0.8rem; color: var(--ink-2); font-size: clamp(1rem, 2.4vw, 1.2rem); max-width: 36rem; }
    h2 { font-size: 1.2rem; margin-bottom: 0.8rem; }
    .loading { color: var(--ink-2); }
    .message { margin-bottom: 1rem; }
    .cards { list-style: none; margin: 0; padding: 0; display: grid; gap: 1.1rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 17rem), 1fr)); }
    .card { display: block; border-radius: 18px; overflow: hidden; text-decoration: none; background: var(--panel); border: 1px solid var(--line); transition: transform 0.18s, border-color 0.18s; }
    .card:hover { transform: translateY(-4px); border-color: hsl(var(--hue) 90% 70%); }
    .card:focus-visible { border-radius: 18px; }
    .cover {
        position: relative; display: flex; align-items: center; justify-content: center; aspect-ratio: 16 / 9; overflow: hidden;
        background: radial-gradient(circle at 80% 10%, hsl(calc(var(--hue) + 60) 90% 60% / 0.8), transparent 55%), linear-gradient(140deg, hsl(var(--hue) 75% 42%), hsl(calc(var(--hue) + 45) 70% 24%));
    }
    .letter { font-size: 5rem; font-weight: 850; color: #ffffffd9; text-shadow: 0 6px 30px #0006; }
    .badge, .viewers { position: absolute; top: 0.7rem; padding: 0.15rem 0.55rem; border-radius: 7px; font-size: 0.78rem; font-weight: 800; }
    .badge { left: 0.7rem; background: #d81f4c; color: #fff; text-transform: uppercase; letter-spacing: 0.05em; }
    .badge.away { background: #7a5200; color: #ffe6b0; }
    .viewers { right: 0.7rem; background: #12062cc7; }
    .words { display: flex; flex-direction: column; gap: 0.2rem; padding: 0.8rem 0.95rem 1rem; min-width: 0; }
    .words b { font-size: 1.05rem; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    .creator { color: var(--ink-2); }
    .tags { display: flex; flex-wrap: wrap; gap: 0.4rem; color: #b7a6ff; font-size: 0.86rem; }
    .empty { display: flex; flex-direction: column; align-items: center; gap: 0.9rem; padding: clamp(1.25rem, 5vw, 3rem); border-radius: 24px; border: 1px dashed var(--line); background: #1b1133b0; text-align: center; }
    .empty ol { text-align: left; max-width: 44rem; padding-left: 1.3rem; margin: 0; display: flex; flex-direction: column; gap: 0.6rem; color: var(--ink-2); line-height: 1.5; }
    .empty p { color: var(--ink-2); }
    code { padding: 0.1em 0.4em; border-radius: 6px; background: #0c0620; color: #ffe39b; font-size: 0.88em; overflow-wrap: anywhere; }
`;
