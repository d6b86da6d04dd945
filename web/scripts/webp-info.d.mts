export function readWebp(bytes: Uint8Array): { animated: boolean; widthPx: number; heightPx: number; frameMs: number[] };
