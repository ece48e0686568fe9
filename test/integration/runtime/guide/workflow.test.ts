import { expect, it, vi } from 'vitest';
import { QueryBuilder } from '#main/runtime/query-builder.ts';
import { found, giveLoops, loopOf } from '#test/support/loops.ts';
import { openOmega } from '#test/support/open-omega.ts';

const insight = 'The provider bears four calls at once; a fifth is refused.';

/** The guide's workflow of several subsystems: a cycle, what it found in memory, related memories. */
it('what a loop finds is in memory, with where it is from, and related memories are found', async () => {
  const { api, runtime } = await openOmega();
  const seen: string[] = [];
  giveLoops(runtime, [
    loopOf('adaptive', async ({ context, objectives }) => {
      seen.push(context, ...objectives);
      return found({ insights: [insight], nextObjectives: ['watch'], quality: 0.8 });
    }),
  ]);
  await api.storeMemory({ tier: 'semantic', text: 'The provider is asked for Dockerfiles.' });
  const output = await api.executeLoopCycle('adaptive', {
    context: 'workflow_execution',
    objectives: ['process_data'],
    data: {},
  });
  expect(output).toMatchObject({ insights: [insight], nextObjectives: ['watch'], quality: 0.8 });
  expect(output.durationMs).toBeGreaterThan(0);
  expect(seen).toEqual(['workflow_execution', 'process_data']);
  const query = new QueryBuilder().tiers('episodic', 'semantic').text('provider').limit(10).build();
  await vi.waitFor(async () => {
    const { memories } = await api.queryMemories(query);
    const texts = memories.map(({ memory }) => memory.text).sort();
    expect(texts).toEqual([insight, 'The provider is asked for Dockerfiles.'].sort());
  });
  const { memories } = await api.queryMemories({ types: ['insight'] });
  expect(memories[0]?.memory).toMatchObject({
    ...{ tier: 'episodic', metadata: { loop: 'adaptive', cycle: output.cycleId } },
    provenance: { source: 'loop', ref: `adaptive/${output.cycleId}` },
  });
});

it('an insight that comes again is one memory, kept for longer; of another loop it is its own', async () => {
  const { api, runtime } = await openOmega();
  const twice = async () => found({ insights: [insight, insight] });
  giveLoops(runtime, [loopOf('adaptive', twice), loopOf('deliberative', twice)]);
  for (let turn = 0; turn < 3; turn++) await api.executeLoopCycle('adaptive');
  await api.executeLoopCycle('deliberative');
  const kept = async () => {
    const { memories } = await api.queryMemories({ types: ['insight'], recalls: false });
    return memories.map(({ memory }) => `${memory.metadata.loop} recalled ${memory.uses}`);
  };
  await vi.waitFor(async () => expect(await kept()).toHaveLength(2));
  await runtime.stop();
  await runtime.start();
  giveLoops(runtime, [loopOf('adaptive', twice)]);
  await api.executeLoopCycle('adaptive');
  // Stopping waits for what is on its way into memory.
  await runtime.stop();
  await runtime.start();
  expect((await kept()).sort()).toEqual(['adaptive recalled 3', 'deliberative recalled 0']);
});
