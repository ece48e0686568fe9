import { expect, test } from 'vitest';
import { changeEngine } from '#main/loops/transformative/change-engine.ts';
import type { EnginePort, VectorsNow } from '#main/loops/transformative/transformative-ports.ts';
import { OmegaError } from '#shared/error.ts';
import type { Intelligence } from '#shared/intelligence.ts';
import type { LoopCycle } from '#shared/loops.ts';

const better = {
  ...{ id: 'i1', isBetter: true, applied: null },
  best: { point: { engine: 'usearch' }, score: { mean: 30_000 }, quality: 0.995 },
  before: { point: { engine: 'exact' }, score: { mean: 10_000 } },
} as unknown as Intelligence;

/** Cycles over a port that answers as it is told, and counts how often it was asked to measure. */
function over(now: Partial<VectorsNow>, tune: () => Promise<Intelligence> = async () => better) {
  const state = {
    now: { name: 'things', size: 5_000, chosenAt: 0, setting: 'exact', setBy: null, ...now },
    measured: 0,
    applied: [] as string[],
  };
  const port: EnginePort = {
    now: () => state.now as VectorsNow,
    tune: () => {
      state.measured += 1;
      return tune();
    },
    apply: async (id) => {
      state.applied.push(id);
      return better;
    },
    rollBack: async () => undefined,
  };
  const history: LoopCycle[] = [];
  const cycle = async () => {
    const { signal } = new AbortController();
    const found = await changeEngine(port, history, { id: () => 'a', seed: 1, signal });
    history.unshift({ output: { results: { engine: found.results } } } as unknown as LoopCycle);
    return found;
  };
  return { state, cycle };
}

test('what a person set is proposed and stays; it is measured again only after it grew fourfold', async () => {
  const { state, cycle } = over({});
  const found = await cycle();
  expect(found.actions).toMatchObject([{ state: 'proposed', parameters: { intelligence: 'i1' } }]);
  expect(found.insights[0]).toContain('omega intelligence apply i1');
  expect(state.applied).toEqual([]);
  expect(await cycle()).toMatchObject({ actions: [], insights: [] });
  state.now = { ...state.now, size: 19_999 };
  await cycle();
  expect(state.measured).toBe(1);
  state.now = { ...state.now, size: 20_000 };
  await cycle();
  expect(state.measured).toBe(2);
});

test.each([
  ['it is left to measuring', { setting: 'auto' }],
  ['there are few vectors', { size: 3_999 }],
  ['a graph was chosen for half as many', { setting: 'usearch', chosenAt: 2_500 }],
] as const)('nothing is measured where %s', async (_, now) => {
  const { state, cycle } = over(now);
  expect(await cycle()).toMatchObject({ actions: [], insights: [], quality: null });
  expect(state.measured).toBe(0);
});

test('a graph that was chosen for a quarter of the vectors is measured again', async () => {
  const { state, cycle } = over({ setting: 'usearch', chosenAt: 1_000, size: 4_000, setBy: 'i0' });
  expect((await cycle()).actions).toMatchObject([{ state: 'done' }]);
  expect(state.applied).toEqual(['i1']);
});

test('a search without a good end is said once, and one that broke is tried again', async () => {
  const refused = new OmegaError('CAPABILITY_NOT_REACHED', 'Nothing finds 99 %.');
  const none = over({}, () => Promise.reject(refused));
  expect((await none.cycle()).insights[0]).toContain('Nothing finds 99 %.');
  expect((await none.cycle()).insights).toEqual([]);
  const busy = new OmegaError('REFUSED', 'Something else is being measured.');
  const broken = over({}, () => Promise.reject(busy));
  await expect(broken.cycle()).rejects.toMatchObject({ code: 'REFUSED' });
  await expect(broken.cycle()).rejects.toMatchObject({ code: 'REFUSED' });
  expect(broken.state.measured).toBe(2);
});
