/** The live that a page's path names, such as `/watch/{liveId}`; undefined when it names none that could exist. */
export function liveIdOf(path: string, page: 'watch' | 'overlay'): string | undefined {
    const found = new RegExp(`^/${page}/([A-Za-z0-9_-]{1,64})/?$`).exec(path);
    return found?.[1];
}
