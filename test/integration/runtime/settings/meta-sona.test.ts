import { expect } from 'vitest';
import type { ConfigChange } from '#shared/config.ts';
import type { TrialRecord } from '#shared/intelligence.ts';
import { enginesDomain } from '#test/support/engines-domain.ts';
import { openOmega } from '#test/support/open-omega.ts';
import { proveSettings } from '#test/support/prove-settings.ts';

/** What a search looked at before and after a change of settings, with one seed. */
async function trialsOver(change: ConfigChange) {
  const few = { 'healthMonitor.enabled': false, 'metaSona.mctsIterations': 30 } as const;
  const { api, runtime, set } = await openOmega(few);
  runtime.parts.metaSona.give(async () => [enginesDomain()]);
  const search = async (): Promise<readonly TrialRecord[]> => {
    const budget = { evaluations: 60 };
    const spec = { name: 'fast', domain: 'vector-search', minCapability: 0, budget } as const;
    const { id } = await api.createIntelligence(spec);
    return (await api.showIntelligence(id)).trials;
  };
  const before = await search();
  // Nothing but the setting makes a difference: the seed and the landscape are the same.
  expect(await search()).toEqual(before);
  set(change);
  return { before, after: await search() };
}

const bred = ({ origin }: TrialRecord): boolean => origin === 'bred';

proveSettings('metaSona', {
  mctsIterations: async () => {
    const { before, after } = await trialsOver({ 'metaSona.mctsIterations': 1 });
    expect(after).not.toEqual(before);
  },
  ppoLearningRate: async () => {
    const { before, after } = await trialsOver({ 'metaSona.ppoLearningRate': 0.3 });
    expect(after).not.toEqual(before);
  },
  evolutionEnabled: async () => {
    const { before, after } = await trialsOver({ 'metaSona.evolutionEnabled': false });
    expect(before.some(bred)).toBe(true);
    expect(after.some(bred)).toBe(false);
  },
});
