import { css } from 'lit';

/** The look of the stages. Sizes follow the stage's own box, so that the same stage fits a phone, an overlay and an embedding site. */
export const stageStyles = css`
    *, *::before { box-sizing: border-box; }
    :host { position: absolute; inset: 0; overflow: hidden; pointer-events: none; container-type: size; color: #fff; font-family: system-ui, sans-serif; }
    :host([hidden]) { display: none; }
    .stage, .large-lane, .medium-lane { position: absolute; inset: 0; }
    .hidden-words { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
    img { display: block; object-fit: contain; }
    b { font-weight: 750; }
    .count {
        display: inline-block; font-weight: 900; font-style: italic; color: #ffdf6b; letter-spacing: -0.02em;
        -webkit-text-stroke: 4px #5a2600; paint-order: stroke fill; animation: jump 0.32s cubic-bezier(0.2, 1.6, 0.4, 1);
    }

    .small-lane { position: absolute; left: clamp(6px, 1.5cqw, 20px); bottom: clamp(8px, 5cqh, 60px); display: flex; flex-direction: column; gap: clamp(4px, 1cqh, 10px); align-items: flex-start; }
    .small {
        --h: clamp(34px, 11cqmin, 60px);
        position: relative; display: flex; align-items: center; gap: 0.35rem; height: var(--h); padding-left: 0.9rem; border-radius: 999px;
        background: linear-gradient(90deg, #1a0f36e6, #3a1d66d9 70%, #3a1d6600); animation: slide 0.4s cubic-bezier(0.2, 1.2, 0.3, 1);
        font-size: clamp(11px, 3.2cqmin, 16px); max-width: min(80cqw, 26rem);
    }
    .small.tier-2 { background: linear-gradient(90deg, #5a1048ec, #a3255fd9 70%, #a3255f00); }
    .small .words { display: flex; flex-direction: column; line-height: 1.15; min-width: 0; }
    .small .words b, .small .words span { white-space: nowrap; overflow: hidden; text-overflow: ellipsis; max-width: 40cqw; }
    .small .words span { color: #ffe9a8; font-size: 0.9em; }
    .small img { width: calc(var(--h) * 1.2); height: calc(var(--h) * 1.2); margin-top: calc(var(--h) * -0.15); }
    .small .count { font-size: 1.8em; }

    .medium { position: absolute; inset: 0; display: flex; flex-direction: column; align-items: center; justify-content: center; animation: pop 0.5s cubic-bezier(0.2, 1.4, 0.4, 1); }
    .medium-lane { transition: transform 0.4s; }
    .large-lane:not(:empty) + .medium-lane { transform: translate(32%, -18%) scale(0.5); } /* aside for the large one */
    .medium img { position: relative; width: min(44cqmin, 260px); height: min(44cqmin, 260px); filter: drop-shadow(0 8px 18px #0008); animation: float 2.4s ease-in-out infinite; }
    .medium .glow { position: absolute; width: 70cqmin; height: 70cqmin; background: radial-gradient(closest-side, #7dff9b55, #4de1ff22 55%, transparent); animation: breathe 2.4s ease-in-out infinite; }
    .banner {
        position: relative; margin-top: clamp(4px, 2cqh, 16px); padding: 0.45em 1.1em; border-radius: 999px; font-size: clamp(12px, 4.2cqmin, 22px);
        background: #160b30d9; border: 1px solid #ffffff40; max-width: 92cqw; text-align: center;
    }
    .banner .count { font-size: 1.35em; margin-left: 0.2em; }
    .banner em { font-style: normal; color: #ffdf6b; font-weight: 750; }

    .large { position: absolute; inset: 0; display: flex; flex-direction: column; align-items: center; justify-content: center; overflow: hidden; }
    .veil { position: absolute; inset: 0; background: radial-gradient(closest-side, #2b0f5a66, #12042c99); animation: fade 0.4s; }
    .tier-5 .veil { background: radial-gradient(closest-side, #6a115080, #16032eb8); }
    .rays {
        position: absolute; left: 50%; top: 50%; width: 220cqmax; height: 220cqmax; margin: -110cqmax 0 0 -110cqmax; opacity: 0.5;
        background: repeating-conic-gradient(#ffd84d55 0 9deg, transparent 9deg 24deg);
        -webkit-mask: radial-gradient(closest-side, #000, transparent 55%); mask: radial-gradient(closest-side, #000, transparent 55%);
        animation: spin 16s linear infinite;
    }
    .tier-5 .rays { background: repeating-conic-gradient(#ff7ab080 0 8deg, transparent 8deg 16deg, #ffd84d66 16deg 24deg, transparent 24deg 32deg); opacity: 0.8; }
    .hero { position: relative; animation: entrance 0.9s cubic-bezier(0.2, 1.3, 0.35, 1); }
    .hero img { width: min(62cqmin, 480px); height: min(62cqmin, 480px); filter: drop-shadow(0 14px 30px #000a); animation: float 2.6s ease-in-out infinite; }
    .tier-5 .hero img { width: min(74cqmin, 620px); height: min(74cqmin, 620px); }
    .large .banner { font-size: clamp(13px, 5cqmin, 30px); background: linear-gradient(100deg, #ff4d8d, #ff8a3a); color: #2a0715; border: 0; box-shadow: 0 6px 30px #ff4d8d80; font-weight: 600; animation: rise 0.6s 0.25s backwards; }
    .large .banner em { color: inherit; font-weight: 850; }
    .large .banner .count { color: #fff; }
    .piece {
        position: absolute; top: -6%; left: calc(var(--x) * 1%); width: 1.6cqmin; height: 3cqmin; min-width: 5px; min-height: 9px; border-radius: 2px;
        background: hsl(var(--h) 95% 65%); animation: fall 2.8s var(--d) linear infinite backwards;
    }

    .clear .veil { display: none; }
    .clear .rays { opacity: 0.45; }
    .calm .veil, .calm .rays, .calm .glow { display: none; }
    .calm .large, .calm .medium { inset: auto 0 auto 0; top: 8%; }
    .calm .act, .calm .act * { animation: none !important; }
    .calm .hero img, .calm .medium img { width: min(30cqmin, 120px); height: min(30cqmin, 120px); }

    @keyframes slide { from { transform: translateX(-110%); opacity: 0; } }
    @keyframes jump { from { transform: scale(2.1) rotate(-8deg); } }
    @keyframes pop { from { transform: scale(0.3); opacity: 0; } }
    @keyframes float { 50% { transform: translateY(-3%) rotate(1.5deg); } }
    @keyframes breathe { 50% { transform: scale(1.15); opacity: 0.7; } }
    @keyframes fade { from { opacity: 0; } }
    @keyframes spin { to { transform: rotate(1turn); } }
    @keyframes rise { from { transform: translateY(60%); opacity: 0; } }
    @keyframes entrance { from { transform: translateY(70cqh) scale(0.2) rotate(-25deg); opacity: 0; } 60% { transform: translateY(-4cqh) scale(1.12) rotate(4deg); } }
    @keyframes fall { from { transform: translateY(-10cqh) rotate(0); } to { transform: translateY(115cqh) rotate(calc(360deg * 2)); } }
`;
