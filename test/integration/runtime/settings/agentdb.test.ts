import { expect } from 'vitest';
import { OmegaApi } from '#main/runtime/omega-api.ts';
import type { ConfigChange } from '#shared/config.ts';
import { figure } from '#test/support/figures.ts';
import { hasModel, needsModel } from '#test/support/model.ts';
import { codeOf, indexAlone, openOmega } from '#test/support/open-omega.ts';
import { openRuntime } from '#test/support/open-runtime.ts';
import { proveSettings } from '#test/support/prove-settings.ts';
import { clustered, hasFaiss } from '#test/support/vectors.ts';

/** What became of the graph over enough vectors for one, before and after the settings changed. */
async function graphOver(change: ConfigChange, first: ConfigChange = {}) {
  const settings = {
    'healthMonitor.enabled': false,
    'acceleration.vectorEngine': 'usearch',
    'agentdb.dimension': 8,
    ...first,
  } as const;
  const { api, runtime, set } = await openOmega(settings, { acceleration: indexAlone() });
  const rows = clustered(1_200, 8);
  for (let at = 0; at < 1_200; at += 1) {
    await api.storeVector({ id: `v${at}`, vector: rows.subarray(at * 8, at * 8 + 8) });
  }
  const collection = runtime.acceleration?.vectors?.open('agents.default', 8);
  await collection?.ready();
  const before = collection?.describe().record;
  set(change);
  await collection?.ready();
  const { hits } = await api.searchVectors({ vector: rows.subarray(40, 48), k: 1 });
  expect(hits[0]?.id).toBe('v5');
  return { before, after: collection?.describe().record };
}

proveSettings('agentdb', {
  dimension: async () => {
    const { api, set } = await openOmega(
      { 'agentdb.dimension': 3 },
      { acceleration: indexAlone() },
    );
    expect(await codeOf(api.storeVector({ vector: [1, 0] }))).toBe('INVALID_INPUT');
    const { id } = await api.storeVector({ vector: [1, 0, 0] });
    await api.deleteVector({ id });
    set({ 'agentdb.dimension': 2 });
    expect(await codeOf(api.storeVector({ vector: [1, 0] }))).toBe('ok');
    expect(await codeOf(api.storeVector({ vector: [1, 0, 0] }))).toBe('INVALID_INPUT');
  },
  hnswM: async () => {
    const { before, after } = await graphOver({ 'agentdb.hnswM': 24 });
    expect(before?.choice).not.toHaveProperty('links');
    expect(after?.choice).toMatchObject({ engine: 'usearch', links: 24 });
  },
  hnswEf: async () => {
    const { before, after } = await graphOver({ 'agentdb.hnswEf': 50 });
    expect(before?.effort).not.toBe(50);
    expect(after?.effort).toBe(50);
  },
  ivfProbes: async (context) => {
    context.skip(!hasFaiss, 'FAISS is not built here.');
    const { before, after } = await graphOver(
      { 'agentdb.ivfProbes': 3 },
      { 'acceleration.vectorEngine': 'faiss-ivf' },
    );
    expect(before?.choice).not.toHaveProperty('probes');
    expect(after).toMatchObject({ choice: { engine: 'faiss-ivf', probes: 3 }, effort: 3 });
  },
  quantisation: async () => {
    const { before, after } = await graphOver({ 'agentdb.quantisation': 'f32' });
    expect(before?.choice).not.toMatchObject({ quantisation: 'f32' });
    expect(after?.choice).toMatchObject({ engine: 'usearch', quantisation: 'f32' });
  },
  cacheSize: async (context) => {
    context.skip(!hasModel, needsModel);
    const { runtime, set } = openRuntime({ 'healthMonitor.enabled': false });
    await runtime.start();
    const api = new OmegaApi(runtime);
    const { metrics } = runtime.parts.agentdb;
    const hits = () => figure(metrics, 'omega_remembered_texts_total{result="hit"}');
    const kept = () => figure(metrics, 'omega_remembered_texts');
    const ask = (text: string) => api.searchSkills({ text });
    await ask('one');
    await ask('one');
    await ask('two');
    expect([await hits(), await kept()]).toEqual([1, 2]);
    set({ 'agentdb.cacheSize': 1 });
    expect(await kept()).toBe(1);
    set({ 'agentdb.cacheSize': 0 });
    await ask('two');
    await ask('two');
    expect([await hits(), await kept()]).toEqual([1, 0]);
  },
});
