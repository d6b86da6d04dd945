import type { ApiClient } from '../../api/client';

/** `1.2 MB` of a number of bytes. */
export function sizeText(bytes: number): string {
    if (bytes < 1_000) return `${bytes} B`;
    const units = ['kB', 'MB', 'GB', 'TB'];
    let size = bytes;
    let unit = '';
    for (const next of units) {
        if (size < 1_000) break;
        size /= 1_000;
        unit = next;
    }
    return `${size.toFixed(1)} ${unit}`;
}

/** The name that the server gives a file, or another one. */
export function fileName(disposition: string | null, otherwise: string): string {
    return /filename="([^"/\\]+)"/.exec(disposition ?? '')?.[1] ?? otherwise;
}

/**
 * Saves what a call answers as a file. A link could not send the token; the browser keeps what has come, on disk when it is much.
 *
 * @param came told how many bytes have come
 */
export async function download(api: ApiClient, path: string, name: string, signal: AbortSignal, came: (bytes: number) => void): Promise<string> {
    const response = await api.open(path, signal);
    let bytes = 0;
    const counted = response.body!.pipeThrough(
        new TransformStream<Uint8Array, Uint8Array>({
            transform(chunk, controller) {
                bytes += chunk.byteLength;
                came(bytes);
                controller.enqueue(chunk);
            },
        }),
    );
    const blob = await new Response(counted, { headers: { 'Content-Type': response.headers.get('Content-Type') ?? 'application/octet-stream' } }).blob();
    const saved = fileName(response.headers.get('Content-Disposition'), name);
    save(blob, saved);
    return `${saved} is saved, ${sizeText(bytes)}.`;
}

function save(blob: Blob, name: string): void {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
