import { expect, it } from 'vitest';
import { priceLines, writtenPrice } from '../../../src/renderer/model/price-lines.ts';

const row = (model: string, own = false) => ({
  provider: 'openai',
  model,
  input: 2,
  output: 8,
  own,
});
const offered = (id: string, price: { input: number; output: number } | null) => ({
  id,
  contextTokens: null,
  price,
});

it('lists the table, and beside it what is offered and has no price, as unknown', () => {
  const rows = [row('o3'), row('gpt-4.1', true), { ...row('claude'), provider: 'anthropic' }];
  const models = [
    offered('gpt-4.1', { input: 2, output: 8 }),
    // Priced as a dated version of a row: not unknown, and no row of its own.
    offered('o3-2025-04-16', { input: 2, output: 8 }),
    offered('brand-new', null),
  ];
  expect(priceLines('openai', rows, models)).toEqual([
    { provider: 'openai', model: 'brand-new', price: null, own: false },
    { provider: 'openai', model: 'gpt-4.1', price: { input: 2, output: 8 }, own: true },
    { provider: 'openai', model: 'o3', price: { input: 2, output: 8 }, own: false },
  ]);
});

it('takes only two amounts for a price: an empty field is not free', () => {
  expect(writtenPrice(0, 0.25)).toEqual({ input: 0, output: 0.25 });
  for (const [input, output] of [
    ['', 1],
    [1, ''],
    [-1, 1],
    ['x', 1],
    [1, 100_001],
  ] as const) {
    expect(writtenPrice(input, output)).toBeNull();
  }
});
