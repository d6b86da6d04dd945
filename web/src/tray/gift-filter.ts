import type { Gift } from '../api/types';

export interface Tab {
    tier: number;
    name: string;
}

/** The tray's tabs; 0 stands for all tiers. */
export const tabs: readonly Tab[] = [
    { tier: 0, name: 'All' },
    { tier: 1, name: 'Sweet' },
    { tier: 2, name: 'Fun' },
    { tier: 3, name: 'Wow' },
    { tier: 4, name: 'Grand' },
    { tier: 5, name: 'Legend' },
];

/** The gifts of a tier (0: of all) whose name or id holds every word of the search. */
export function giftsToShow(gifts: readonly Gift[], tier: number, search: string): Gift[] {
    const words = search.toLowerCase().split(/\s+/).filter((word) => word !== '');
    return gifts.filter((gift) => {
        if (tier !== 0 && gift.tier !== tier) return false;
        const hay = `${gift.name} ${gift.giftId}`.toLowerCase();
        return words.every((word) => hay.includes(word));
    });
}
