/** A cue: one gift inside the media, the same JSON in every format. */
export interface Cue {
    giftSendId: string;
    giftSendIds: string[];
    giftId: string;
    giftName: string;
    animationUrl: string;
    tier: number;
    quantity: number;
    comboId: string;
    comboCount: number;
    viewerId: string;
    viewerName: string;
    coins: number;
    sentAt: string;
    ptsMs: number;
}

/** What mpegts.js hands out for a SEI payload; `pts` is in ms on the player's clock. */
export interface SeiPayload {
    type: number;
    uuid?: Uint8Array;
    user_data?: Uint8Array;
    pts?: number;
}

const USER_DATA_UNREGISTERED = 5;
const CUE_UUID = Uint8Array.from([
    0x2b, 0x75, 0xdd, 0xf3, 0xd8, 0xe3, 0x4a, 0x85, 0xa6, 0x44, 0x41, 0xda, 0x25, 0x6c, 0x02, 0x68,
]);
const MAX_CUE_BYTES = 16 * 1024;
const MAX_TEXT_CHARS = 128;
const MAX_MERGED_SENDS = 512;

/** The cue in a SEI payload, or undefined when it is another one's payload or broken. */
export function cueFromSei(sei: SeiPayload): Cue | undefined {
    if (sei.type !== USER_DATA_UNREGISTERED || sei.uuid === undefined || sei.user_data === undefined) return undefined;
    if (sei.uuid.length !== CUE_UUID.length || !CUE_UUID.every((byte, i) => byte === sei.uuid![i])) return undefined;
    if (sei.user_data.length > MAX_CUE_BYTES) return undefined;
    try {
        return cueFromJson(new TextDecoder('utf-8', { fatal: true }).decode(sei.user_data));
    } catch {
        return undefined; // not UTF-8
    }
}

/** The cue in a JSON text, or undefined when a field that is needed to show it is missing or of a wrong kind. */
export function cueFromJson(json: string): Cue | undefined {
    let value: unknown;
    try {
        value = JSON.parse(json);
    } catch {
        return undefined;
    }
    if (typeof value !== 'object' || value === null) return undefined;
    const fields = value as Record<string, unknown>;
    const giftSendId = text(fields['giftSendId']);
    const giftId = text(fields['giftId']);
    const tier = whole(fields['tier']);
    if (!giftSendId || !giftId || tier === undefined || tier < 1) return undefined;
    const quantity = whole(fields['quantity']) ?? 1;
    return {
        giftSendId,
        giftSendIds: ids(fields['giftSendIds'], giftSendId),
        giftId,
        giftName: text(fields['giftName']) ?? giftId,
        animationUrl: safeUrl(fields['animationUrl']) ?? `/gifts/${encodeURIComponent(giftId)}.webp`,
        tier: Math.min(tier, 5),
        quantity,
        comboId: text(fields['comboId']) ?? giftSendId,
        comboCount: whole(fields['comboCount']) ?? quantity,
        viewerId: text(fields['viewerId']) ?? '',
        viewerName: text(fields['viewerName']) || 'Somebody',
        coins: whole(fields['coins']) ?? 0,
        sentAt: text(fields['sentAt']) ?? '',
        ptsMs: whole(fields['ptsMs']) ?? 0,
    };
}

function text(value: unknown): string | undefined {
    return typeof value === 'string' ? value.slice(0, MAX_TEXT_CHARS) : undefined;
}

function whole(value: unknown): number | undefined {
    return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

function ids(value: unknown, last: string): string[] {
    const listed = Array.isArray(value) ? value.slice(0, MAX_MERGED_SENDS).filter((id) => typeof id === 'string') : [];
    return listed.includes(last) ? listed : [...listed, last];
}

/** A path or an http(s) address; anything else (`javascript:`, `data:`) is not followed. */
function safeUrl(value: unknown): string | undefined {
    if (typeof value !== 'string' || value.length > 2_048) return undefined;
    try {
        const { protocol } = new URL(value, 'http://path.invalid/');
        return protocol === 'http:' || protocol === 'https:' ? value : undefined;
    } catch {
        return undefined;
    }
}
