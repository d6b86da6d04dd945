import { svg, html, type SVGTemplateResult, type TemplateResult } from 'lit';

/** The few icons of the pages, drawn here so that they look the same where a system has no emoji. */
const shapes = {
    eye: svg`<path d="M1.5 12S5.5 5 12 5s10.5 7 10.5 7-4 7-10.5 7S1.5 12 1.5 12z"/><circle cx="12" cy="12" r="3.2"/>`,
    soundOff: svg`<path d="M4 9v6h4l6 5V4L8 9z"/><path d="m17 9.5 5 5m0-5-5 5"/>`,
    soundOn: svg`<path d="M4 9v6h4l6 5V4L8 9z"/><path d="M17.5 8.5a5 5 0 0 1 0 7M20 6a8.5 8.5 0 0 1 0 12"/>`,
    wide: svg`<path d="M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5"/>`,
    pen: svg`<path d="M4 20l1-5L16.5 3.5l4 4L9 19z"/>`,
    close: svg`<path d="M5 5l14 14M19 5 5 19"/>`,
    play: svg`<path d="M7 4v16l13-8z"/>`,
} satisfies Record<string, SVGTemplateResult>;

export function icon(name: keyof typeof shapes): TemplateResult {
    return html`<svg viewBox="0 0 24 24" width="1.15em" height="1.15em" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" style="flex:none;vertical-align:-0.2em">${shapes[name]}</svg>`;
}
