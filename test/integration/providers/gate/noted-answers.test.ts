import { expect, it } from 'vitest';
import { requestKey } from '#main/providers/gate/request-key.ts';
import { OmegaError } from '#shared/error.ts';
import { openGate, request } from '#test/support/open-gate.ts';
import { answersAfter, ScriptedProvider } from '#test/support/scripted-provider.ts';

const note = { topic: 'files', text: 'a web service', details: '{}' };

// Catches a note that names the model that was asked where another one answered.
it('an answer is noted with the model that gave it, and not where the cache is left alone', async () => {
  const ollama = new ScriptedProvider('ollama', () => {
    throw new OmegaError('UNAUTHORIZED', 'No key.');
  });
  const openai = new ScriptedProvider('openai', answersAfter(1));
  const { ask, cache, storage } = openGate([ollama, openai]);
  await ask('none', { cache: 'off', note }, { provider: 'openai' });
  await ask('one', { note, fallbacks: ['openai'] });
  await cache.stats();
  const kept = storage.responseNotes.bare(10);
  expect(kept.map(({ text }) => text)).toEqual([note.text]);
  storage.responseNotes.setVectors(kept.map((one) => ({ note: one, vector: new Float32Array(3) })));
  expect(storage.responseNotes.ofTopic('files', 0, 10)).toMatchObject([
    { provider: 'openai', model: 'openai-model' },
  ]);
});

it('an accepted answer names its writer, whoever was asked, and costs nothing', async () => {
  const ollama = new ScriptedProvider('ollama', answersAfter(1));
  const { ask, cache } = openGate([ollama]);
  const accepted = {
    key: 'a'.repeat(64),
    provider: 'gemini',
    model: 'gemini-model',
    project: '/other',
    madeAt: 1,
    acceptedAt: 2,
  };
  const response = {
    text: 'near',
    finish: 'stop',
    inputTokens: null,
    outputTokens: null,
    accepted,
  };
  await cache.set(requestKey(request('p')), { provider: 'gemini', project: '/shop' }, response);
  expect(await ask('p')).toMatchObject({
    text: 'near',
    provider: 'gemini',
    model: 'gemini-model',
    cached: true,
    costUsd: 0,
    accepted,
  });
  expect(ollama.served).toHaveLength(0);
  expect(await ask('p', { cache: 'refresh' })).not.toHaveProperty('accepted');
  expect(await ask('p')).not.toHaveProperty('accepted');
});
