import { describe, expect, it } from 'vitest';
import { probesOf } from '../../src/finance/search/search';

const ID = '2bd6f1ff-5886-5731-8a77-79f6f040ac29';
const places = (typed: string) => probesOf(typed).map((probe) => probe.href);

describe('what somebody searches for', () => {
    it('may be a position, or a person with a number for an id', () => {
        expect(places('42')).toEqual(['#/entries/42', '#/viewers/42', '#/creators/42', '#/entries?live=42', '#/accounts?prefix=42']);
        expect(places('position:42')).toEqual(['#/entries/42']);
    });

    it('may be a UUID of anything that has one', () => {
        expect(places(ID)).toEqual([
            `#/entries?reference=${ID}`,
            ...['purchases', 'payouts', 'batches', 'settlements', 'bank-messages', 'adjustments', 'breakage', 'lots'].map((place) => `#/${place}/${ID}`),
            `#/viewers/${ID}`,
            `#/creators/${ID}`,
            `#/entries?live=${ID}`,
        ]);
        expect(probesOf(ID)[0]).toMatchObject({ call: `/v1/ledger/entries?reference=${ID}&limit=1`, list: 'entries' });
        expect(probesOf(ID)[3]).toMatchObject({ call: `/v1/payout-batches/${ID}` });
    });

    it('may be an id as banks carry it, without hyphens', () => {
        expect(places(ID.replaceAll('-', '').toUpperCase())).toContain(`#/payouts/${ID}`);
    });

    it('may be an account, or the beginning of its code', () => {
        expect(places('2010:contract-liability')).toEqual(['#/accounts/2010:contract-liability', '#/accounts?prefix=2010%3Acontract-liability']);
    });

    it('may be a viewer, a creator or a live', () => {
        expect(places(' ada_1 ')).toEqual(['#/viewers/ada_1', '#/creators/ada_1', '#/entries?live=ada_1', '#/accounts?prefix=ada_1']);
        expect(probesOf('ada')[0]).toMatchObject({ what: 'Viewer ada', call: '/v1/ledger/accounts?prefix=viewer%3Aada%3A&limit=1', list: 'accounts' });
    });

    it('is asked nowhere when it can be no id', () => {
        expect(probesOf('Ada Lovelace')).toEqual([]);
        expect(probesOf('../x')).toEqual([]);
        expect(probesOf('')).toEqual([]);
    });
});
