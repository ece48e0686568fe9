import { describe, expect, it } from 'vitest';
import { OmegaApi } from '#main/runtime/omega-api.ts';
import { memoryTiers } from '#shared/memory.ts';
import { day, heldClock } from '#test/support/memories.ts';
import { openRuntime } from '#test/support/open-runtime.ts';

const year = 365 * day;

async function open() {
  const clock = heldClock();
  const { runtime } = openRuntime(
    { 'healthMonitor.enabled': false, 'memory.autoConsolidate': false },
    { clock, acceleration: undefined },
  );
  await runtime.start();
  return { clock, runtime, api: new OmegaApi(runtime) };
}

describe('a clock that jumps', () => {
  it.each([
    ['forward and back', [20 * year, -20 * year]],
    ['back and forward', [-20 * year, 20 * year]],
    ['to the beginning and on', [-1_700_000_000_000, 1_700_000_000_000]],
  ])('%s by years loses nothing, whatever is called meanwhile', async (_, jumps) => {
    const { clock, runtime, api } = await open();
    const ids: string[] = [];
    for (const tier of memoryTiers) {
      ids.push((await api.storeMemory({ tier, text: `kept in ${tier}` })).id);
    }
    const episode = { sessionId: 's', task: 'a task', reward: 1, success: true };
    await api.storeEpisode(episode);
    await api.createSkill({ name: 'pin', description: 'pin the image' });
    for (const jump of jumps) {
      clock.time += jump;
      const { id } = await api.storeMemory({ tier: 'strategic', text: `stored after ${jump}` });
      ids.push(id);
      expect((await api.queryMemories({ text: 'stored' })).memories.length).toBeGreaterThan(0);
      for (let times = 0; times < 3; times += 1) await api.consolidate();
      expect((await api.recallEpisodes({})).episodes).toHaveLength(1);
      expect((await api.searchSkills({ text: 'image' })).skills).toHaveLength(1);
      await runtime.check();
      expect(runtime.health().uptimeSeconds).toBeGreaterThanOrEqual(0);
    }
    clock.time = heldClock().time;
    for (const id of ids) expect(runtime.storage.memories.find(id)).not.toBeNull();
    for (const id of ids.slice(0, memoryTiers.length)) {
      expect((await api.getMemory(id))?.text).toMatch(/^kept in/);
    }
    expect(await runtime.stop()).not.toContainEqual(expect.objectContaining({ outcome: 'failed' }));
  });
});
