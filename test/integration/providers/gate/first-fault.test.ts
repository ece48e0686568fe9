import { setTimeout as wait } from 'node:timers/promises';
import { expect, it, onTestFinished, vi } from 'vitest';
import { openGate } from '#test/support/open-gate.ts';
import { fault, ScriptedProvider } from '#test/support/scripted-provider.ts';

it('a call whose request fails by chance asks again soon, however long a wait is otherwise', async () => {
  // Every wait is the shortest that chance allows: 8 s as it is set, and 0.2 s after a first fault.
  const random = vi.spyOn(Math, 'random').mockReturnValue(0.01);
  onTestFinished(() => void random.mockRestore());
  const set = { 'retryPolicy.initialDelayMs': 60_000, 'retryPolicy.maxDelayMs': 600_000 };
  const ollama = new ScriptedProvider('ollama', () => {
    throw fault();
  });
  const { ask } = openGate([ollama], set);
  const leaving = new AbortController();
  const call = ask('a', { signal: leaving.signal });
  await expect.poll(() => ollama.served.length, { timeout: 4_000 }).toBe(2);
  // The second is no chance any more.
  await wait(500);
  expect(ollama.served).toHaveLength(2);
  leaving.abort();
  await expect(call).rejects.toMatchObject({ code: 'CANCELLED' });
});
