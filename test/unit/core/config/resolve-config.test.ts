import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allowedValues } from '#main/core/config/allowed-values.ts';
import {
  editConfigText,
  parseConfigDocument,
  toValues,
} from '#main/core/config/config-document.ts';
import { readEnvironment } from '#main/core/config/environment.ts';
import { readFileValues } from '#main/core/config/read-file-values.ts';
import { resolveConfig } from '#main/core/config/resolve-config.ts';
import { configDefaults, configKeys } from '#shared/config.ts';

const none = new Map();

describe('the layers', () => {
  it('are defaults, under the file, under the environment', () => {
    const file = readFileValues({ async: { concurrency: 7 }, ui: { theme: 'dark' } }, none);
    const environment = readEnvironment({ MAX_CONCURRENT_REQUESTS: '9' });
    const { config, sources, problems } = resolveConfig(file.values, environment);
    expect(config.async).toEqual({ enabled: true, concurrency: 9, timeoutSecs: 120 });
    expect(config.ui.theme).toBe('dark');
    expect(problems).toEqual([]);
    expect(sources['async.concurrency']).toEqual({
      from: 'environment',
      variable: 'MAX_CONCURRENT_REQUESTS',
    });
    expect([sources['ui.theme'].from, sources['run.keep'].from]).toEqual(['file', 'default']);
  });

  it('say which field of the file is wrong, and keep what it was before', () => {
    const before = new Map([['async.concurrency', 7] as const]);
    const { values, problems } = readFileValues(
      { async: { concurrency: 'many', speed: 1 }, run: [], colours: {}, ui: null },
      before,
    );
    expect([...values]).toEqual([['async.concurrency', 7]]);
    expect(problems).toEqual([
      { field: 'async.concurrency', message: 'It takes a whole number from 1 to 32.' },
      {
        field: 'async.speed',
        message: 'No such setting; there are enabled, concurrency, timeoutSecs.',
      },
      { field: 'run', message: 'It must hold fields, one a line.' },
      expect.objectContaining({ field: 'colours' }),
    ]);
  });

  it('pass over a variable that cannot be used, and name it', () => {
    const { config, problems } = resolveConfig(none, readEnvironment({ OMEGA_UI_THEME: 'plaid' }));
    expect(config).toEqual(configDefaults);
    expect(problems).toEqual([
      {
        field: 'ui.theme',
        message: 'The variable OMEGA_UI_THEME cannot be used: it takes one of auto, light, dark.',
      },
    ]);
  });

  it('take any value whatever without failing', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const { values } = readFileValues({ async: value, ui: { theme: value } }, none);
        expect(() => resolveConfig(values, new Map())).not.toThrow();
      }),
    );
  });
});

describe('the file', () => {
  it('keeps comments and order when a setting is changed', () => {
    const text = '# mine\nasync:\n  concurrency: 2 # slow machine\n\nui:\n  theme: dark\n';
    const edited = editConfigText(text, new Map([['async.concurrency', 3]]), '/c.yaml');
    expect(edited).toBe(text.replace('2 #', '3 #'));
  });

  it('is begun with a word of explanation', () => {
    const edited = editConfigText('', new Map<string, unknown>([['run.kinds', ['compose']]]), '/c');
    expect(edited).toMatch(/^# Settings of Omega Studio/);
    const parsed = parseConfigDocument(edited);
    expect('document' in parsed && toValues(parsed.document)).toEqual({
      run: { kinds: ['compose'] },
    });
  });

  it('that is broken is not overwritten, and the place is named', () => {
    const edit = () => editConfigText('async: {\n', new Map([['ui.theme', 'dark']]), '/c.yaml');
    expect(edit).toThrow(/"\/c.yaml" cannot be changed while it is broken. Line \d/);
    expect(parseConfigDocument('- a\n')).toHaveProperty('problem');
  });

  it('of hostile aliases is refused', () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefg']
      .map((name, at) => {
        const before = `*${'abcdefg'[at]}`;
        return `${name}: &${name} [${Array(9).fill(before).join(',')}]`;
      })
      .join('\n')}\n`;
    expect(parseConfigDocument(bomb)).toHaveProperty('problem');
  });
});

describe('what a setting takes', () => {
  it('is said in words for every one', () => {
    for (const key of configKeys) expect(allowedValues(key)).not.toMatch(/undefined/);
  });
});
