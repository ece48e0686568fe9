import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ServiceNames } from '#main/generation/scan/calls/match-name.ts';

const named = (...names: readonly string[]) =>
  new ServiceNames(names.map((name) => ({ item: name, names: [name] })));

/** Words of which no two are alike but for an ending that many services share. */
const words = fc.uniqueArray(
  fc
    .stringMatching(/^[a-z]{3,8}$/)
    .filter((word) => !/^(?:micro|api|app|server|ms|svc)|s$|service|svc/.test(word)),
  { minLength: 2, maxLength: 6 },
);
const asked = fc.constantFrom('', 'service', '-service', '_service', 'Service', '-svc');
// Without a sign before it `api` may be the end of a word.
const endings = fc.oneof(asked, fc.constant('-api'));
const cases = fc.constantFrom(
  (text: string) => text.toUpperCase().replaceAll('-', '_'),
  (text: string) => text.replaceAll('_', '-'),
  (text: string) => text.replace(/[-_]/g, ''),
);

describe('names that lead to services', () => {
  it.each([
    ['PRODUCT_CATALOG_SERVICE', 'productcatalogservice'],
    ['CART_SERVICE', 'cartservice'],
    ['CURRENCY_SERVICE', 'grpc-currency-service'],
    ['CUSTOMER_SERVICE', 'customers-service'],
    ['CATALOG', 'Catalog.API'],
    ['customers-service', 'spring-petclinic-customers-service'],
  ])('%s is %s', (name, service) => {
    const prefix = service.startsWith('spring-petclinic') ? 'spring-petclinic-' : '';
    const all = new ServiceNames([
      {
        item: service,
        names: [service, ...(service.startsWith('grpc') ? ['currencyservice'] : [])],
      },
      { item: 'other', names: [`${prefix}vets-service`] },
      { item: 'third', names: [`${prefix}gateway`] },
    ]);
    expect(all.best(name)).toEqual({ type: 'one', item: service });
  });

  // Catches: a guess between two, which sends half of the calls to the wrong one.
  it('of two that fit equally well none is chosen, and the better fit wins over the other', () => {
    const both = named('payment-service', 'payment-api');
    expect(both.best('PAYMENT')).toEqual({
      type: 'several',
      items: ['payment-service', 'payment-api'],
    });
    expect(both.best('PAYMENT_SERVICE')).toEqual({ type: 'one', item: 'payment-service' });
  });

  it.each(['SERVICE', 'STRIPE', '', '---', 'API'])('%s leads nowhere', (name) => {
    expect(named('cart-service', 'orders').best(name)).toEqual({ type: 'none' });
  });

  it('a service is found by its word in any spelling, and never by the word of another', () => {
    fc.assert(
      fc.property(words, endings, asked, cases, (all, ending, more, spelled) => {
        const names = named(...all.map((word) => `${word}${ending}`));
        for (const word of all) {
          expect(names.best(spelled(`${word}${more}`))).toEqual({
            type: 'one',
            item: `${word}${ending}`,
          });
        }
        expect(names.best(spelled(`zz${all.join('')}${more}`))).toEqual({ type: 'none' });
      }),
    );
  });

  it('no text makes it slow, or fail', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 2_000 }),
        fc.string({ maxLength: 2_000 }),
        (one, other) => {
          expect(['one', 'several', 'none']).toContain(named(one, 'cart').best(other).type);
        },
      ),
    );
    expect(named('cart').best(`${'-service'.repeat(10_000)}`).type).toBe('none');
  });
});
