import { expect, it, onTestFinished } from 'vitest';
import { systemClock } from '#main/core/clock.ts';
import { Storage } from '#main/storage/storage.ts';
import type { CycleOutput, LoopAction, LoopType } from '#shared/loops.ts';
import { found, loopOf } from '#test/support/loops.ts';
import { openLoops } from '#test/support/open-loops.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

/** The engine with its real connections; the loop of a type ends as is said, the others find nothing. */
function open(type: LoopType, output: Partial<CycleOutput>) {
  const storage = new Storage(tempFolder(), systemClock);
  onTestFinished(() => storage.dispose());
  const types = ['adaptive', 'deliberative', 'evolutionary', 'transformative'] as const;
  const loops = types.map((one) => loopOf(one, async () => found(one === type ? output : {})));
  return openLoops(storage, loops);
}

const policy: LoopAction = {
  ...{ id: 'a', kind: 'policy', description: 'A policy', state: 'done' },
  parameters: { memory: 'm1', kind: 'dockerfile' },
};
const setting: LoopAction = {
  ...{ id: 'a', kind: 'setting', description: 'Another provider', state: 'done' },
  parameters: { intelligence: 'i1' },
};

const policies = [{ id: 'm1', kind: 'dockerfile' }];

it.each<[LoopType, Partial<CycleOutput>, LoopType, string, object]>([
  ['transformative', { actions: [policy] }, 'deliberative', 'feedback', { policies }],
  ['evolutionary', { actions: [setting] }, 'adaptive', 'feedback', { intelligences: ['i1'] }],
  ['evolutionary', { results: { barren: 3 } }, 'transformative', 'escalation', { barren: 3 }],
])('what the %s loop came to is handed on with its cause', async (from, output, to, how, data) => {
  const loops = open(from, output);
  const next = loops.next(to);
  const cause = await loops.cycle(from);
  expect(await next).toMatchObject({ trigger: how, cause: cause.id, input: { data } });
});
