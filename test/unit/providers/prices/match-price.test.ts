import { describe, expect, it } from 'vitest';
import { matchPrice } from '#main/providers/prices/match-price.ts';
import { PriceTable } from '#main/providers/prices/price-table.ts';
import type { StoredPrice } from '#main/storage/price-store.ts';

const price = (model: string, input = 1) => ({ model, input, output: 2 });
const prices = [
  price('gpt-4.1'),
  price('gpt-4.1-mini'),
  price('claude-sonnet-4'),
  price('*-free', 0),
  price('my/*/x'),
];

describe('the price of a model', () => {
  // A cheaper or dearer neighbour's price would make every cost wrong by a factor, unseen.
  it.each([
    ['gpt-4.1', 'gpt-4.1'],
    ['gpt-4.1-2025-04-14', 'gpt-4.1'],
    ['gpt-4.1-mini', 'gpt-4.1-mini'],
    ['gpt-4.1-mini-2025-04-14', 'gpt-4.1-mini'],
    ['gpt-4.1-nano', null],
    ['gpt-4.10', null],
    ['claude-sonnet-4-20250514', 'claude-sonnet-4'],
    ['claude-sonnet-4-5', null],
    ['claude-sonnet-4-5-20250929', null],
    ['some-free', '*-free'],
    ['-free', '*-free'],
    ['my/a/x', 'my/*/x'],
    ['my/x', null],
    ['', null],
  ])('%s has that of %s', (model, expected) => {
    expect(matchPrice(prices, model)?.model ?? null).toBe(expected);
  });

  it('of a pattern with many stars is found in no time', () => {
    const started = performance.now();
    expect(matchPrice([price(`${'*a'.repeat(90)}b`)], 'a'.repeat(200))).toBeNull();
    expect(performance.now() - started).toBeLessThan(200);
  });
});

/** A table over the user's own prices. */
const table = (...own: StoredPrice[]) =>
  new PriceTable({
    list: () => own,
    of: (provider) => own.filter((row) => row.provider === provider),
    set: (row) => void own.push(row),
    delete: () => false,
  });

describe('what a call costs', () => {
  const usage = { inputTokens: 1_000_000, outputTokens: 500_000 };

  it('is its tokens by the list, by the own price before it, and unknown for all others', () => {
    expect(table().cost('openai', 'gpt-4.1', usage)).toBe(2 + 4);
    expect(table().cost('openai', 'gpt-99', usage)).toBeNull();
    expect(table().cost('compatible', 'gpt-4.1', usage)).toBeNull();
    const own = { provider: 'openai', model: 'gpt-4.1', input: 10, output: 0 };
    expect(table(own).cost('openai', 'gpt-4.1', usage)).toBe(10);
    expect(table({ ...own, model: 'gpt-*' }).cost('openai', 'gpt-99', usage)).toBe(10);
  });

  it('is unknown where the provider does not count, and nothing for a local model', () => {
    const uncounted = { inputTokens: 3, outputTokens: null };
    expect(table().cost('openai', 'gpt-4.1', uncounted)).toBeNull();
    expect(table().cost('ollama', 'qwen2.5-coder:7b', uncounted)).toBe(0);
    expect(table().cost('ollama', 'gpt-oss:120b-cloud', usage)).toBeNull();
  });

  it('lists an own price in the place of the one it replaces', () => {
    const rows = table({ provider: 'openai', model: 'gpt-4.1', input: 9, output: 9 }).rows();
    expect(rows.filter(({ model }) => model === 'gpt-4.1')).toEqual([
      { provider: 'openai', model: 'gpt-4.1', input: 9, output: 9, own: true },
    ]);
    expect(rows.length).toBe(table().rows().length);
  });

  it('takes back only what was set', () => {
    expect(() => table().delete('openai', 'gpt-4.1')).toThrow(/no price of your own/);
  });
});
