import { describe, expect, it } from 'vitest';
import { routeInputs } from '#shared/contract.ts';
import { settingsSchema } from '#shared/settings.ts';

describe('a change of settings', () => {
  it('holds only what was changed, so that the others are not reset to their defaults', () => {
    expect(routeInputs['settings.set'].parse({ async: false })).toEqual({ async: false });
    expect(routeInputs['settings.set'].parse({})).toEqual({});
  });

  it('refuses what is out of bounds or unknown', () => {
    const parses = (change: unknown) => routeInputs['settings.set'].safeParse(change).success;
    expect(parses({ concurrency: 64 })).toBe(true);
    expect(parses({ concurrency: 65 })).toBe(false);
    expect(parses({ concurrency: 0 })).toBe(false);
    expect(parses({ kinds: [] })).toBe(false);
    expect(parses({ colour: 'red' })).toBe(false);
  });

  it('covers every setting', () => {
    const all = settingsSchema.parse({});
    expect(routeInputs['settings.set'].parse(all)).toEqual(all);
  });
});
