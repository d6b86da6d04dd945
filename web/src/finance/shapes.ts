import type { Money } from '../api/types';

/** The shapes of the finance API. Amounts are decimal strings, coins JSON integers, instants RFC 3339. */

export interface AsOf {
    position: number;
    applied: number;
}

export interface AccountRow {
    code: string;
    type: string;
    asset: string;
    debits: string;
    credits: string;
    balance: string;
}

export interface AccountDetail {
    code: string;
    type: string;
    normalSide: 'debit' | 'credit';
    balances: Omit<AccountRow, 'code' | 'type'>[];
    asOf: AsOf;
}

export interface Total {
    asset: string;
    debits: string;
    credits: string;
}

export interface TrialBalance {
    accounts: AccountRow[];
    totals: Total[];
    asOf: AsOf;
}

interface Booked {
    entryId: number;
    eventId: string;
    type: string;
    position: number;
    recordedAt: string;
    reference: string;
}

export interface AccountPosting extends Booked {
    asset: string;
    side: 'D' | 'C';
    amount: string;
}

export interface Posting {
    account: string;
    asset: string;
    side: 'D' | 'C';
    amount: string;
}

export interface Entry extends Booked {
    hash: string;
    postings: Posting[];
    lots: { lotId: string; coins: number; revenue: string; commission: string }[];
}

export interface Resolution {
    resolutionId: string;
    outcome: string;
    charges: Money;
    requestedBy: string;
    requestedAt: string;
    reason?: string;
}

export type PayoutStatus = 'requested' | 'approved' | 'rejected' | 'withdrawn' | 'sent' | 'settled' | 'failed' | 'returned';

export interface Payout {
    payoutId: string;
    creatorId: string;
    status: PayoutStatus;
    diamonds: string;
    amount: Money;
    withholding?: Money;
    fee?: Money;
    net?: Money;
    destination?: { iban: string; name: string; lockedUntil?: string };
    requestedAt: string;
    decidedBy?: string;
    decidedAt?: string;
    batchId?: string;
    sentAt?: string;
    settledAt?: string;
    givenBackAt?: string;
    bankReason?: string;
    bankCharges?: Money;
    resolution?: Resolution;
    position: number;
}

export interface PayoutBatch {
    batchId: string;
    status: 'sending' | 'sent';
    payouts: number;
    amounts: Money[];
    createdBy: string;
    createdAt: string;
    file: string;
    position: number;
}

export interface BankMessage {
    bankMessageId: string;
    kind: string;
    reference: string;
    lines: number;
    receivedBy: string;
    receivedAt: string;
    position: number;
}

export interface BankLine {
    bankMessageId: string;
    line: number;
    reference: string;
    kind: string;
    payoutId?: string;
    amount?: Money;
    chargesMinor: number;
    isReturn: boolean;
    isReversal: boolean;
    bookedOn?: string;
    bankReason?: string;
    state: string;
    why?: string;
}

export interface Settlement {
    settlementId: string;
    provider: string;
    reference: string;
    account: string;
    bank: Money;
    receivable: Money;
    commission: Money;
    suspense: Money;
    lines: number;
    settledBy: string;
    settledAt: string;
    position: number;
}

export interface SettlementLine {
    line: number;
    kind: string;
    reference: string;
    gross: Money;
    fee: Money;
    net: Money;
    receivable: Money;
    commission: Money;
    suspense: Money;
    finding: string;
    purchaseId?: string;
}

export interface Earnings {
    creatorId: string;
    diamonds: { pending: string; available: string; reserved: string; redeemed: string };
    nextReleases: { releasedAt: string; diamonds: string }[];
    payoutsHeld: boolean;
}

export interface StaffPurchase {
    purchaseId: string;
    status: string;
    chargeback?: string;
    viewerId: string;
    packageId?: string;
    coins: number;
    bonusCoins: number;
    price: Money;
    tax?: Money;
    provider: string;
    providerReference: string;
    purchasedAt: string;
    position?: number;
}

/** What two persons decide: an adjustment, or an estimate of breakage. */
interface Twofold {
    status: 'requested' | 'approved' | 'recognised' | 'rejected';
    currency: string;
    amount: string;
    reason?: string;
    requestedBy: string;
    requestedAt: string;
    decidedBy?: string;
    decidedAt?: string;
    position?: number;
}

export interface Adjustment extends Twofold {
    adjustmentId: string;
    debit: string;
    credit: string;
    rejection?: string;
}

export interface Breakage extends Twofold {
    breakageId: string;
    period: string;
}

export interface ClosedPeriod {
    period: string;
    throughPosition: number;
    logHash: string;
    closedBy: string;
    closedAt: string;
    position: number;
}

export interface Seal {
    period: string;
    throughPosition: number;
    entries: number;
    chain: string;
    logHash: string;
    signature: string;
    publicKey: string;
    sealedAt: string;
}

export interface Lot {
    lotId: string;
    purchaseId?: string;
    position: number;
    recordedAt: string;
    viewerId: string;
    currency: string;
    coins: number;
    used: number;
    left: number;
    price: string;
    recognised: string;
    commission: string;
    commissionRecognised: string;
    uses?: { entryId: number; type: string; recordedAt: string; reference: string; coins: number; revenue: string; commission: string }[];
}
