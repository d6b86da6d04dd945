/** What the chunks of a WebP file say: whether it is animated, its canvas, and the duration of each frame in ms. */
export function readWebp(bytes) {
    const text = (at) => bytes.toString('latin1', at, at + 4);
    if (text(0) !== 'RIFF' || text(8) !== 'WEBP') throw new Error('not a WebP file');
    const info = { animated: false, widthPx: 0, heightPx: 0, frameMs: [] };
    for (let at = 12; at + 8 <= bytes.length; ) {
        const length = bytes.readUInt32LE(at + 4);
        if (text(at) === 'VP8X') {
            info.animated = (bytes[at + 8] & 0x02) !== 0;
            info.widthPx = 1 + bytes.readUIntLE(at + 12, 3);
            info.heightPx = 1 + bytes.readUIntLE(at + 15, 3);
        } else if (text(at) === 'ANMF') {
            info.frameMs.push(bytes.readUIntLE(at + 20, 3));
        }
        at += 8 + length + (length & 1);
    }
    return info;
}
