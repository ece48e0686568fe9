import { setTimeout as sleep } from 'node:timers/promises';
import { logNow } from '#test/stand-ins/request-log.ts';
import type { ModelServer } from '../model-server.ts';

/** What the server takes at once from a moment on, by the log's clock in ms. */
export type CapacityStep = { readonly at: number; readonly capacity: number };

/** As many callers as the settings allow at most; each asks again as soon as it was answered. */
const callers = 32;

/**
 * Keeps the gate busy while the server's capacity changes as a list says, each for so many seconds;
 * gives the steps and the moment of the end.
 */
export async function capacityLoad(
  { ask, standIn }: Pick<ModelServer, 'ask' | 'standIn'>,
  name: string,
  capacities: readonly (number | null)[],
  seconds: number,
): Promise<{
  readonly steps: readonly CapacityStep[];
  readonly end: number;
  readonly failed: number;
}> {
  let isOver = false;
  let asked = 0;
  let failed = 0;
  const caller = async (): Promise<void> => {
    while (!isOver) {
      asked += 1;
      const job = { id: `${name}-${asked}`, runId: name, root: `/bench/${asked % 4}` };
      await ask(job).catch(() => {
        failed += 1;
      });
    }
  };
  const steps: CapacityStep[] = [];
  let work: Promise<unknown> | null = null;
  for (const capacity of capacities) {
    await standIn.behave({ capacity });
    steps.push({ at: logNow(), capacity: capacity ?? Number.POSITIVE_INFINITY });
    work ??= Promise.all(Array.from({ length: callers }, caller));
    await sleep(seconds * 1_000);
  }
  const end = logNow();
  isOver = true;
  await work;
  return { steps, end, failed };
}
