import { describe, expect, it } from 'vitest';
import type { CallFigures } from '#shared/calls.ts';
import {
  type FigurePart,
  figureCells,
  modeText,
} from '../../../src/renderer/model/figure-cells.ts';
import { figures } from './samples.ts';

const parts = (of: CallFigures | undefined) =>
  figureCells(of).flatMap((cell) => cell.parts.filter((part) => typeof part !== 'string'));
const part = (of: CallFigures | undefined, name: FigurePart['name']) =>
  parts(of).find((one) => one.name === name);
const textOf = (of: CallFigures, label: string) =>
  figureCells(of)
    .find((cell) => cell.label === label)
    ?.parts.map((one) => (typeof one === 'string' ? one : one.text))
    .join('');

describe('figureCells', () => {
  it('shows every number with its own raw value, each once, so that a test can compare them', () => {
    const all = figures({ inputTokens: 412_345, perSecond: 4.23, p95Ms: 2410, unpriced: 2 });
    const shown = parts(all);
    expect(new Set(shown.map(({ name }) => name)).size).toBe(shown.length);
    for (const { name, value } of shown) expect(value, name).toBe(all[name]);
    for (const name of ['inFlight', 'queued', 'allowed', 'limit', 'perSecond'] as const) {
      expect(part(all, name), name).toBeDefined();
    }
    expect(part(all, 'inputTokens')?.text).toBe('412.3k');
    expect(part(all, 'p95Ms')?.text).toBe('2.4 s');
  });

  it('says nothing where nothing is known, instead of a nought', () => {
    for (const { text, value } of parts(undefined)) {
      expect(text).toBe('–');
      expect(value).toBeNull();
    }
    expect(part(figures({ p50Ms: null }), 'p50Ms')).toMatchObject({ text: '–', value: null });
  });

  it('never counts an unknown price as none', () => {
    expect(textOf(figures({ costUsd: 0.123 }), 'Cost')).toBe('$0.12');
    expect(textOf(figures({ costUsd: 0.123, unpriced: 3 }), 'Cost')).toBe('$0.12 + 3 unpriced');
    expect(textOf(figures({ unpriced: 3 }), 'Cost')).toBe('unknown, 3 unpriced');
  });

  it('tells the saving against sync as a part of the whole', () => {
    const text = textOf(figures({ savedMs: 72_000, syncMs: 105_000 }), 'Saved against sync');
    expect(text).toBe('1 min 12 s of 1 min 45 s');
  });
});

it('names the modes in the words of the guide', () => {
  expect(modeText('async')).toBe('⚡ Async Mode: Enabled');
  expect(modeText('sync')).toBe('🔄 Sync Mode');
});
