import { describe, expect, it } from 'vitest';
import { callOf, hrefOf, routeOf } from '../../src/finance/desk/route';

describe('a place in the console', () => {
    it('is read from the address and written back the same', () => {
        const href = hrefOf(['accounts', 'viewer:42:coin:paid'], { asOf: 'position:9', from: undefined, to: '' });
        expect(href).toBe('#/accounts/viewer:42:coin:paid?asOf=position%3A9');
        expect(routeOf(href)).toEqual({ path: ['accounts', 'viewer:42:coin:paid'], query: { asOf: 'position:9' } });
    });

    it('keeps what has a meaning in addresses', () => {
        const href = hrefOf(['search'], { q: 'a/b?c=d&e#f 100%' });
        expect(routeOf(href).query['q']).toBe('a/b?c=d&e#f 100%');
        expect(routeOf(hrefOf(['creators', 'a/b'])).path).toEqual(['creators', 'a/b']);
    });

    it('is the beginning when the address names none, and does not break on a stray %', () => {
        expect(routeOf('')).toEqual({ path: [], query: {} });
        expect(routeOf('#/')).toEqual({ path: [], query: {} });
        expect(routeOf('#/entries?viewer=&live=7').query).toEqual({ live: '7' });
        expect(routeOf('#/accounts/100%').path).toEqual(['accounts', '100%']);
    });
});

describe('a call of the API', () => {
    it('has every part escaped and no empty filters', () => {
        expect(callOf(['ledger', 'accounts', '2010:contract-liability'], { asOf: '2026-11-30T00:00:00+02:00', cursor: '' })).toBe(
            '/v1/ledger/accounts/2010%3Acontract-liability?asOf=2026-11-30T00%3A00%3A00%2B02%3A00',
        );
        expect(callOf(['payouts', '../wallet'])).toBe('/v1/payouts/..%2Fwallet');
    });
});
