import { expect } from 'vitest';
import { recordedModels } from '#test/support/model-work.ts';
import { openApi, project } from '#test/support/open-api.ts';
import { proveSettings } from '#test/support/prove-settings.ts';

/** An app with a model, and the sizes of the requests that a run over five services makes of it. */
async function asking() {
  const { models, chunks } = recordedModels();
  const opened = await openApi({ models, env: {} });
  const roots = [project('a', 'b', 'c', 'd', 'e')];
  const sizes = async (own: { readonly batchSize?: number } = {}) => {
    chunks.splice(0);
    const request = { roots, kinds: ['dockerfile' as const], use: 'ollama' as const, async: false };
    await opened.runToEnd({ ...request, ...own });
    return chunks.map(({ services }) => services.length);
  };
  return { ...opened, sizes };
}

proveSettings('batch', {
  enabled: async () => {
    const { call, sizes } = await asking();
    expect(await sizes()).toEqual([1, 1, 1, 1, 1]);
    await call('config.set', { 'batch.enabled': true });
    expect(await sizes()).toEqual([5]);
    await call('config.set', { 'batch.enabled': false });
    expect(await sizes()).toEqual([1, 1, 1, 1, 1]);
  },
  size: async () => {
    const { call, sizes } = await asking();
    await call('config.set', { 'batch.enabled': true, 'batch.size': 2 });
    expect(await sizes()).toEqual([2, 2, 1]);
    await call('config.set', { 'batch.size': 4 });
    expect(await sizes()).toEqual([4, 1]);
    // What a run asks for itself goes before what is set.
    expect(await sizes({ batchSize: 3 })).toEqual([3, 2]);
  },
});
