import { describe, expect, it } from 'vitest';
import { canBeOne, fuller } from '#main/memory/near-duplicate.ts';
import type { Memory } from '#shared/memory.ts';

describe('two texts', () => {
  it.each([
    ['The API uses PostgreSQL 16', 'the api uses PostgreSQL 16.', 'one'],
    ['uses redis', 'The gateway uses redis', 'other'],
    ['The gateway uses redis', 'gateway uses redis', 'one'],
    // Each of these would lose a fact.
    ['listens on port 8080', 'listens on port 8081', null],
    ['listens on a port', 'listens on port 8080', null],
    ['deploy to production', 'never deploy to production', null],
    ["it doesn't restart", 'it restart', null],
    ['a depends on b', 'b depends on a', null],
    ['the service is in c++', 'the service is in c#', null],
    ['uses postgres', 'uses mysql', null],
    ['deploy', 'deploy only if approved', null],
  ])('%s / %s', (one, other, expected) => {
    expect(fuller(one, other)).toBe(expected);
  });
});

describe('two memories', () => {
  const memory = (change: Partial<Memory>) => ({ type: 'fact', tags: [], metadata: {}, ...change });
  const together = (one: Partial<Memory>, other: Partial<Memory>) =>
    canBeOne(memory(one) as Memory, memory(other) as Memory);

  it('can be one where nothing that is noted of both differs', () => {
    expect(together({}, {})).toBe(true);
    expect(together({ metadata: { path: 'a' } }, { metadata: { line: 3 } })).toBe(true);
    expect(together({ metadata: { path: 'a' } }, { metadata: { path: 'b' } })).toBe(false);
    expect(together({ metadata: { constructor: 1 } }, { metadata: {} })).toBe(true);
    expect(together({ type: 'fact' }, { type: 'edit' })).toBe(false);
    const tags = (from: number) => Array.from({ length: 40 }, (_, at) => `t${from + at}`);
    expect(together({ tags: tags(0) }, { tags: tags(100) })).toBe(false);
  });
});
