/** The shapes of the HTTP API that the pages use. Coins are JSON integers. */

export interface Gift {
    giftId: string;
    name: string;
    coins: number;
    tier: number;
    animationUrl: string;
    thumbnailUrl: string;
    durationMs: number;
}

export type LiveState = 'created' | 'active' | 'away' | 'ended';

export interface Live {
    liveId: string;
    title: string;
    tags: string[];
    creatorId: string;
    creatorName: string;
    state: LiveState;
    viewers: number;
    startedAt?: string;
    playUrls: PlayUrls;
    /** `required` where the URLs need a play token. */
    playToken?: 'required' | 'none';
}

export interface PlayUrls {
    flv?: string;
    wsFlv?: string;
    hls?: string;
    rtmp?: string;
    gifts?: string;
}

export interface PlayToken {
    token: string;
    expiresAt: string;
}

export interface Money {
    amountMinor: number | string;
    currency: string;
}

export interface CoinPackage {
    packageId: string;
    coins: number;
    bonusCoins: number;
    price: Money;
}

export interface Purchase {
    purchaseId: string;
    status: 'pending' | 'completed' | 'failed' | 'refunded' | 'charged-back';
    checkout?: unknown;
}

export interface Wallet {
    viewerId: string;
    spendable: number;
    blocked: boolean;
}

export interface GiftSendRequest {
    liveId: string;
    giftId: string;
    quantity: number;
    comboId?: string;
}

export interface GiftSent {
    giftSendId: string;
    coins: number;
    spendable: number;
    comboId: string;
    comboCount: number;
}

export interface Standing {
    rank: number;
    member: string;
    name: string;
    /** null where the operator has no amounts shown. */
    coins: number | null;
    /** True for somebody who hides: member and name are empty. */
    hidden?: boolean;
}

/** Where the member stands that a board was asked to show. */
export interface Place {
    member: string;
    rank: number;
    coins: number;
    toNext: number | null;
}

export interface Board {
    board: string;
    window?: string;
    asOf?: string;
    standings: Standing[];
    place?: Place;
}
