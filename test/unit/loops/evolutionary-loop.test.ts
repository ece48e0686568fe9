import { expect, test } from 'vitest';
import { appliedToAdaptive, barrenToTransformative } from '#main/loops/evolutionary/connections.ts';
import { evolutionaryLoop } from '#main/loops/evolutionary/evolutionary-loop.ts';
import type {
  EvolutionaryPorts,
  EvolutionLimits,
  GenerationNow,
} from '#main/loops/evolutionary/evolutionary-ports.ts';
import { OmegaError } from '#shared/error.ts';
import type { Intelligence, IntelligenceSpecInput } from '#shared/intelligence.ts';
import type { LoopCycle } from '#shared/loops.ts';

const score = { mean: 0.8, low: 0.7, high: 0.9 };
const found = (point: object, isBetter = true) =>
  ({
    ...{ id: 'i1', isBetter, tasks: '12 services', costUsd: 0.2, evaluations: 90 },
    best: { point, score, quality: 0.95 },
    before: { point: {}, score: { mean: 0.4, low: 0.3, high: 0.5 }, quality: 0.6 },
  }) as unknown as Intelligence;
const better = found({ provider: 'anthropic', temperature: 0.4 });
const worse = found({ provider: 'openai' }, false);

type Change = {
  readonly now?: Partial<GenerationNow>;
  readonly limits?: Partial<EvolutionLimits>;
  readonly create?: () => Promise<Intelligence>;
};

/** Cycles over ports that answer as they are told; the history is kept as the engine keeps it. */
function over({ now = {}, limits = {}, create = async () => better }: Change = {}) {
  const state = {
    now: {
      ...{ use: 'openai', roots: ['/a'], lastRun: 'r1', accepted: 3 },
      ready: [
        { provider: 'openai', model: 'm' },
        { provider: 'anthropic', model: 'm' },
      ],
      strategy: { provider: 'openai', temperature: 0.8 } as GenerationNow['strategy'],
      ...now,
    } as GenerationNow,
    limits: { budgetUsd: 5, appliesBetter: true, seconds: 60, ...limits },
    specs: [] as IntelligenceSpecInput[],
    applied: [] as string[],
  };
  const ports: EvolutionaryPorts = {
    now: async () => state.now,
    limits: () => state.limits,
    costs: (provider) => provider !== 'ollama',
    create: (spec) => {
      state.specs.push(spec);
      return create();
    },
    apply: async (id) => {
      state.applied.push(id);
      state.now = { ...state.now, strategy: { ...better.best?.point } };
      return better;
    },
    rollBack: async () => {
      throw new OmegaError('REFUSED', 'It is not in force.');
    },
    clock: { id: () => 'a1' },
  };
  const loop = evolutionaryLoop(ports);
  const history: LoopCycle[] = [];
  const cycle = async () => {
    const input = { data: {}, context: '', objectives: [] };
    const { signal } = new AbortController();
    const id = `c${history.length}`;
    const output = await loop.run(input, { id, history, signal });
    history.unshift({ id, output } as unknown as LoopCycle);
    return output;
  };
  const latest = () => history[0] as LoopCycle;
  return { state, loop, history, cycle, latest };
}

test.each<[string, Change, RegExp]>([
  ['blueprints make the files', { now: { use: 'blueprint' } }, /Blueprints make/],
  ['nobody can be asked', { now: { ready: [] } }, /No provider/],
  ['nothing may be spent', { limits: { budgetUsd: 0 } }, /cost money/],
])('nothing is asked where %s', async (_, change, why) => {
  const { state, cycle } = over(change);
  expect(await cycle()).toMatchObject({ actions: [], insights: [expect.stringMatching(why)] });
  expect(state.specs).toEqual([]);
});

test('what costs nothing is searched without a budget, and is never left for what costs unasked', async () => {
  const use = { use: 'ollama', ready: [{ provider: 'ollama', model: 'm' }] } as const;
  const { state, cycle } = over({ now: use, limits: { budgetUsd: 0 } });
  const { actions } = await cycle();
  expect(state.specs).toMatchObject([{ domain: 'generation', budget: { costUsd: 0 } }]);
  expect(actions).toMatchObject([{ state: 'proposed' }]);
  expect(actions[0]?.description).toContain('anthropic costs money and ollama does not');
});

test('a search is made anew only where something is new, each from a seed of its own', async () => {
  const { state, cycle, latest } = over();
  expect((await cycle()).actions).toMatchObject([{ state: 'done' }]);
  expect(appliedToAdaptive.input(latest(), [])).toMatchObject({ data: { intelligences: ['i1'] } });
  expect((await cycle()).insights).toEqual([expect.stringContaining('Nothing has changed')]);
  expect(appliedToAdaptive.input(latest(), [])).toBeNull();
  await cycle();
  expect(state.specs).toHaveLength(1);
  state.now = { ...state.now, lastRun: 'r2' };
  await cycle();
  expect(state.specs).toHaveLength(2);
  expect(state.specs[0]?.seed).not.toBe(state.specs[1]?.seed);
});

test('without leave, and after it was taken back once, a strategy is only proposed', async () => {
  const { state, cycle } = over({ limits: { appliesBetter: false } });
  expect((await cycle()).actions[0]?.description).toContain('omega intelligence apply i1');
  expect(state.applied).toEqual([]);

  // What was proposed with all that there is still now needs no other search once it may be.
  Object.assign(state.limits, { appliesBetter: true });
  expect((await cycle()).actions).toMatchObject([{ state: 'done' }]);
  expect([state.applied, state.specs.length]).toEqual([['i1'], 1]);
  expect((await cycle()).insights).toEqual([expect.stringContaining('Nothing has changed')]);

  const taken = over();
  await taken.cycle();
  const [action] = taken.latest().output?.actions ?? [];
  if (!action) throw new Error('Nothing was done.');
  Object.assign(action, { state: 'reverted' });
  // All is as it was before the first search; another one would cost, and find the same.
  taken.state.now = { ...taken.state.now, strategy: { provider: 'openai', temperature: 0.8 } };
  expect((await taken.cycle()).insights).toEqual([expect.stringContaining('Nothing has changed')]);
  taken.state.now = { ...taken.state.now, lastRun: 'r2' };
  expect((await taken.cycle()).actions[0]?.description).toContain('taken back before');
  expect(taken.state.applied).toEqual(['i1']);
  const { signal } = new AbortController();
  await expect(taken.loop.revert?.(action, signal)).rejects.toMatchObject({ code: 'CONFLICT' });
});

test('three searches in a row that find nothing better are handed up, once', async () => {
  const { state, cycle, latest } = over({ create: async () => worse });
  const handed: boolean[] = [];
  for (let run = 0; run < 4; run++) {
    state.now = { ...state.now, lastRun: `run ${run}` };
    await cycle();
    handed.push(barrenToTransformative.input(latest(), []) !== null);
    // Nothing is new now, and nothing is handed up again for it.
    await cycle();
    handed.push(barrenToTransformative.input(latest(), []) !== null);
  }
  expect(handed).toEqual([false, false, false, false, true, false, false, false]);
});

test('a search that is refused is concluded, one that broke is tried again', async () => {
  const none = new OmegaError('CAPABILITY_NOT_REACHED', 'No way is right often enough.');
  const refused = over({ create: () => Promise.reject(none) });
  expect((await refused.cycle()).insights).toEqual(['No way is right often enough.']);
  await refused.cycle();
  expect(refused.state.specs).toHaveLength(1);
  const busy = new OmegaError('REFUSED', 'Something else is being measured.');
  const broken = over({ create: () => Promise.reject(busy) });
  await expect(broken.cycle()).rejects.toMatchObject({ code: 'REFUSED' });
});
