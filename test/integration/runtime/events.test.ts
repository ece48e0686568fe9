import { describe, expect, it } from 'vitest';
import { forkCompute } from '#main/acceleration/compute/fork-compute.ts';
import type { Loop } from '#main/loops/engine/loop.ts';
import { OmegaApi } from '#main/runtime/omega-api.ts';
import type { OmegaEvent } from '#shared/contract.ts';
import { type EventKind, eventKinds } from '#shared/event-kinds.ts';
import type { RuntimeEvent } from '#shared/events.ts';
import { enginesDomain } from '#test/support/engines-domain.ts';
import { computeEntry } from '#test/support/model.ts';
import { openRuntime } from '#test/support/open-runtime.ts';
import { withoutTable } from '#test/support/sabotage.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

/** A runtime; only those that keep vectors have an index, which takes a process. */
function open(hasIndex = false) {
  const index = { spawn: forkCompute(computeEntry), modelsFolder: tempFolder() };
  const acceleration = hasIndex ? index : undefined;
  const settings = {
    'healthMonitor.enabled': false,
    'retryPolicy.maxRetries': 0,
    'breaker.windowMs': 1_000,
    'breaker.minimumRps': 1,
  } as const;
  const opened = openRuntime(settings, { acceleration });
  return { ...opened, api: new OmegaApi(opened.runtime) };
}

type Kind = RuntimeEvent['type'];
type Opened = ReturnType<typeof open>;
/** The event of a kind. */
type EventOf<K extends Kind, E = RuntimeEvent> = E extends { readonly type: infer T }
  ? K extends T
    ? E
    : never
  : never;
/** Has the kind happen for real in a runtime that runs; what the event must say. */
type Way<K extends Kind> = (opened: Opened) => Promise<Partial<Omit<EventOf<K>, 'type'>>>;

const skill = { name: 'cache', description: 'Keep packages between builds.' };

const sound: Loop = {
  type: 'adaptive',
  run: async () => ({
    ...{ results: {}, insights: [], actions: [] },
    nextObjectives: [],
    quality: 1,
  }),
};
const failing: Loop = { type: 'adaptive', run: () => Promise.reject(new Error('No figures.')) };

function give({ runtime }: Opened, loop: Loop): void {
  runtime.parts.loops.give({ loops: [loop], usersWork: () => null });
}

function intelligence({ runtime, api }: Opened) {
  runtime.parts.metaSona.give(async () => [enginesDomain()]);
  const budget = { evaluations: 10 };
  return api.createIntelligence({
    name: 'fast',
    domain: 'vector-search',
    minCapability: 0,
    budget,
  });
}

/** How every kind comes about; the type refuses a kind without one. */
const ways: { readonly [K in Kind]: Way<K> } = {
  'system.started': async () => ({}),
  'system.shutdown': async ({ runtime }) => ({ report: await runtime.stop() }),
  'runtime.state': async () => ({ state: 'running', previous: 'starting' }),
  'health.changed': async ({ runtime }) => {
    await runtime.check();
    return { subsystem: 'storage', status: 'healthy', previous: 'unknown', reason: null };
  },
  'health.check.failed': async ({ runtime, dataFolder }) => {
    withoutTable(dataFolder, 'episodes');
    await runtime.check();
    return { subsystem: 'agentdb', error: expect.stringContaining('episodes') };
  },
  'breaker.changed': async ({ api, dataFolder }) => {
    withoutTable(dataFolder, 'memories');
    for (let turn = 0; turn < 10; turn += 1) await api.queryMemories({}).catch(() => undefined);
    return { subsystem: 'memory', state: 'open' };
  },
  'degradation.entered': async ({ runtime, set }) => {
    set({ 'resources.minFreeDiskMb': 1_000_000 });
    await runtime.check();
    return { subsystem: 'machine', level: 'read-only', reason: expect.stringContaining('free') };
  },
  'degradation.left': async ({ runtime, set }) => {
    set({ 'resources.minFreeDiskMb': 1_000_000 });
    await runtime.check();
    set({ 'resources.minFreeDiskMb': 0 });
    await runtime.check();
    return { subsystem: 'memory', level: 'read-only' };
  },
  'memory.stored': async ({ api }) => {
    const { id } = await api.storeMemory({ tier: 'episodic', text: 'four' });
    return { id, tier: 'episodic', bytes: 4 };
  },
  'memory.retrieved': async ({ api }) => {
    const { id } = await api.storeMemory({ text: 'Something' });
    await api.queryMemories({});
    return { ids: [id] };
  },
  'memory.updated': async ({ api }) => {
    const { id } = await api.storeMemory({ text: 'Something' });
    await api.updateMemory(id, { importance: 1 });
    return { id };
  },
  'memory.deleted': async ({ api }) => {
    const { id } = await api.storeMemory({ text: 'Something' });
    await api.deleteMemory(id);
    return { id };
  },
  'memory.evicted': async ({ api, set }) => {
    set({ 'memory.semanticCapacity': 2 });
    for (const text of ['one', 'two', 'three']) await api.storeMemory({ tier: 'semantic', text });
    await api.consolidate();
    return { tier: 'semantic', count: 1, why: 'capacity' };
  },
  'memory.consolidated': async ({ api }) => {
    await api.storeMemory({ tier: 'semantic', text: 'Something' });
    const report = await api.consolidate();
    expect(report.sizes.semantic).toBe(1);
    return { report };
  },
  'vector.stored': async ({ api }) => {
    const { id } = await api.storeVector({ collection: 'images', vector: [1, 0] });
    return { collection: 'images', id };
  },
  'vector.deleted': async ({ api }) => {
    const { id } = await api.storeVector({ collection: 'images', vector: [1, 0] });
    await api.deleteVector({ collection: 'images', id });
    return { collection: 'images', id };
  },
  'episode.stored': async ({ api }) => {
    const episode = { sessionId: 's', task: 'Build it', reward: 1, success: true };
    return { id: (await api.storeEpisode(episode)).id, task: 'Build it' };
  },
  'skill.created': async ({ api }) => {
    const made = await api.createSkill(skill);
    return { id: made.skill.id, name: 'cache', version: 1 };
  },
  'skill.used': async ({ api }) => {
    const { id } = (await api.createSkill(skill)).skill;
    await api.recordSkillUse({ id, success: false });
    return { id, success: false };
  },
  'causal.added': async ({ api }) => {
    await api.addCausalEdge({ cause: 'used:cache-mount', effect: 'success' });
    return { cause: 'used:cache-mount', effect: 'success' };
  },
  'intelligence.created': async (opened) => {
    const { id } = await intelligence(opened);
    return { id, domain: 'vector-search' };
  },
  'intelligence.searched': async (opened) => {
    const { id } = await intelligence(opened);
    return { id, domain: 'vector-search', evaluations: 1, best: expect.any(Number) as never };
  },
  'intelligence.applied': async (opened) => {
    const { id } = await opened.api.applyIntelligence((await intelligence(opened)).id);
    return { id, domain: 'vector-search' };
  },
  'intelligence.rolled-back': async (opened) => {
    const { id } = await opened.api.applyIntelligence((await intelligence(opened)).id);
    await opened.api.rollbackIntelligence(id, 'It was slow.');
    return { id, domain: 'vector-search', reason: 'It was slow.' };
  },
  'loop.cycle.started': async (opened) => {
    give(opened, sound);
    const { cycleId } = await opened.api.executeLoopCycle('adaptive');
    return { loop: 'adaptive', cycleId, trigger: 'demand' };
  },
  'loop.cycle.completed': async (opened) => {
    give(opened, sound);
    const { cycleId, durationMs } = await opened.api.executeLoopCycle('adaptive');
    return { loop: 'adaptive', cycleId, durationMs, success: true };
  },
  'loop.error': async (opened) => {
    give(opened, failing);
    await opened.api.executeLoopCycle('adaptive').catch(() => undefined);
    return { loop: 'adaptive', code: 'INTERNAL', message: 'No figures.' };
  },
  'metrics.collected': async ({ api, runtime }) => {
    await api.queryMemories({});
    await runtime.check();
    return { metrics: api.getMetrics() };
  },
  error: async ({ api, dataFolder }) => {
    withoutTable(dataFolder, 'memories');
    await api.queryMemories({}).catch(() => undefined);
    return { component: 'memory', code: 'INTERNAL' };
  },
};

/** Kinds that are not the runtime's; the type refuses one too many or too few. */
const others: Readonly<Record<Exclude<OmegaEvent['type'], Kind>, true>> = {
  'scan.progress': true,
  'run.updated': true,
  'job.updated': true,
  'proposal.updated': true,
  'proposal.streamed': true,
  'calls.changed': true,
  'providers.changed': true,
  'projects.changed': true,
  'warmup.progress': true,
  'connection.changed': true,
  'config.changed': true,
};

/** Of the reference's kinds four of twenty-one were ever emitted. */
describe('every kind of event of the runtime', () => {
  it.each(Object.keys(ways) as Kind[])('%s is emitted by what really happens', async (kind) => {
    const opened = open(kind.startsWith('vector.'));
    await opened.runtime.start();
    const expected = await ways[kind](opened);
    const ofKind = opened.events.filter(({ type }) => type === kind);
    expect(ofKind).toContainEqual(expect.objectContaining({ type: kind, ...expected }));
  });

  it('is in the list that readers may choose from', () => {
    const named = [...Object.keys(ways), ...Object.keys(others)] as EventKind[];
    expect([...eventKinds].sort()).toEqual(named.sort());
  });
});

describe('figures', () => {
  it('are told after a round only where calls were made since the one before', async () => {
    const { runtime, api, types } = open();
    const told = () => types().filter((type) => type === 'metrics.collected').length;
    await runtime.start();
    await runtime.check();
    expect(told()).toBe(0);
    await api.queryMemories({});
    await runtime.check();
    await runtime.check();
    expect(told()).toBe(1);
    await api.queryMemories({});
    await runtime.check();
    expect(told()).toBe(2);
  });
});
