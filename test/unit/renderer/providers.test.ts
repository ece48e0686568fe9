import { describe, expect, it } from 'vitest';
import { configDefaults, configKeys } from '#shared/config.ts';
import { modelProviders, type ProviderView } from '#shared/providers.ts';
import { runRequestSchema } from '#shared/run.ts';
import { formatTime } from '../../../src/renderer/model/format.ts';
import { acceptedTitle, makerText } from '../../../src/renderer/model/maker-text.ts';
import {
  answerText,
  differenceText,
  similarityText,
} from '../../../src/renderer/model/near-text.ts';
import { previewService } from '../../../src/renderer/model/preview-service.ts';
import { modelKey, urlKey } from '../../../src/renderer/model/provider-names.ts';
import {
  isLocal,
  keyText,
  modelText,
  providerState,
} from '../../../src/renderer/model/provider-state.ts';
import { requestOf } from '../../../src/renderer/model/run-request.ts';
import { madeBy } from './samples.ts';

const view = (change: Partial<ProviderView>): ProviderView => ({
  id: 'openai',
  name: 'OpenAI',
  url: 'https://api.openai.com/v1',
  needsKey: true,
  key: { from: 'keyring' },
  model: '',
  lacks: null,
  ...change,
});
const failed = {
  ok: false,
  ms: 3,
  error: { code: 'UNAVAILABLE', message: 'Nobody is there.', retryable: true },
} as const;

describe('a provider on the page', () => {
  it('is ready only where nothing is missing and the last test did not fail', () => {
    expect(providerState(view({}), undefined)).toBe('ready');
    expect(providerState(view({}), { ok: true, ms: 1, models: 2 })).toBe('ready');
    expect(providerState(view({}), failed)).toBe('not-reachable');
    const error = {
      code: 'NOT_FOUND',
      message: '',
      retryable: false,
      details: { model: 'x' },
    } as const;
    expect(providerState(view({}), { ok: false, ms: 1, error })).toBe('needs-model');
    expect(providerState(view({ key: { from: 'none' }, lacks: 'Set one.' }), failed)).toBe(
      'needs-key',
    );
    const noUrl = view({ needsKey: false, key: { from: 'none' }, lacks: 'Set its address.' });
    expect(providerState(noUrl, undefined)).toBe('needs-setting');
  });

  it('is tried unasked only on this machine, whatever its address looks like', () => {
    for (const url of ['http://127.0.0.1:11434', 'http://localhost', 'http://[::1]:80/v1']) {
      expect(isLocal(view({ url })), url).toBe(true);
    }
    for (const url of ['http://127.0.0.1.evil.com', 'https://localhost.evil.com/v1', '', 'x']) {
      expect(isLocal(view({ url })), url).toBe(false);
    }
  });

  it('says where its key comes from', () => {
    const variable = view({ key: { from: 'environment', variable: 'OPENAI_API_KEY' } });
    expect(keyText(variable)).toContain('OPENAI_API_KEY');
    expect(keyText(view({ needsKey: false, key: { from: 'none' } }))).toContain('none is needed');
  });

  it('has settings of its own for model and address, by these names', () => {
    for (const id of modelProviders) {
      expect(configKeys).toContain(modelKey(id));
      expect(configKeys).toContain(urlKey(id));
    }
  });
});

it('never shows an unknown price as free', () => {
  const model = { id: 'm', contextTokens: null, price: null };
  expect(modelText(model)).toBe('price unknown');
  expect(modelText({ ...model, price: { input: 0, output: 0 } })).toBe('free');
  expect(modelText({ ...model, contextTokens: 128_000, price: { input: 1.25, output: 10 } })).toBe(
    '$1.25 in, $10.00 out per million tokens · reads 128k tokens',
  );
});

it('says who made a file and how the model came to it', () => {
  expect(makerText(madeBy('gemini').origin)).toBe('Google Gemini test-model');
  expect(makerText(madeBy('gemini', { cached: true, repairs: 2 }).origin)).toBe(
    'Google Gemini test-model, from the cache, 2 repairs',
  );
  const accepted = { project: '/work/shop', madeAt: 1e12, acceptedAt: 1.1e12 };
  expect(makerText(madeBy('gemini', { cached: true, accepted }).origin)).toBe(
    `Google Gemini test-model, you accepted its answer for shop of ${formatTime(1e12)}`,
  );
  expect(acceptedTitle(madeBy('gemini', { accepted }).origin)).toContain(formatTime(1.1e12));
});

it('says of a near answer whose it is, how near, and in what it differs', () => {
  const answer = { provider: 'openai', model: 'm', project: '/work/shop', madeAt: 0 };
  expect(answerText(answer, 3 * 3_600_000)).toBe('OpenAI m, for shop, 3 h ago');
  expect(answerText({ ...answer, project: null }, 0)).toBe('OpenAI m, just now');
  // Catches a rounding that says "the same" of what is not.
  expect([0.8512, 0.9999, 1.0000001].map(similarityText)).toEqual([
    '85 % alike',
    '99 % alike',
    '100 % alike',
  ]);
  expect(differenceText({ fact: 'port', here: '3001', there: '3000' })).toBe(
    'port 3000, here 3001',
  );
  expect(differenceText({ fact: 'port', here: null, there: '3000' })).toBe('port 3000, here none');
});

describe('previewService', () => {
  const services = [
    { name: 'tool', kind: 'cli' },
    { name: 'api', kind: 'web' },
  ] as const;

  it('names a service for what is made for each, and none for what is made once', () => {
    expect(previewService('dockerfile', null, services)).toBe('api');
    expect(previewService('dockerfile', 'tool', services)).toBe('tool');
    expect(previewService('kubernetes', null, services.slice(0, 1))).toBe('tool');
    expect(previewService('kubernetes', null, [])).toBeNull();
    expect(previewService('compose', 'api', services)).toBeNull();
  });
});

describe('requestOf', () => {
  it('asks as the controls stand, in a form that the server takes', () => {
    const config = structuredClone(configDefaults);
    const set = { ...config, providers: { ...config.providers, use: 'ollama', ensemble: 'fast' } };
    const request = requestOf(set as typeof config, ['/shop'], { refresh: false, usage: null });
    expect(runRequestSchema.parse(request)).toMatchObject({
      use: 'ollama',
      ensemble: 'fast',
      cache: 'use',
      budgetUsd: null,
    });
  });

  it('asks anew where that was wished, and no ensemble of blueprints', () => {
    const config = { ...configDefaults.providers, ensemble: 'quality' as const };
    const request = requestOf({ ...configDefaults, providers: config }, ['/shop'], {
      refresh: true,
      usage: null,
    });
    expect(request).toMatchObject({ cache: 'refresh', use: 'blueprint', ensemble: 'off' });
  });
});
