import { describe, expect, it } from 'vitest';
import { recordedModels } from '#test/support/model-work.ts';
import { openApi, project } from '#test/support/open-api.ts';
import { smallPorts } from '#test/support/small-ports.ts';

const request = { kinds: ['dockerfile' as const], use: 'ollama' as const, concurrency: 2 };
const statesOf = ({ jobs }: { readonly jobs: readonly { readonly state: string }[] }) =>
  jobs.map(({ state }) => state).join(' ');

/** Work that ends only with its signal, from the second job on. */
const stuckAfterFirst = () => {
  const seen: string[] = [];
  const recorded = recordedModels(async ({ job }, signal) => {
    seen.push(job.service ?? '');
    if (seen.length === 1) return undefined;
    await new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
    return undefined;
  });
  return { ...recorded, seen };
};

describe('closing the app in the middle of a run', () => {
  it.each(['web', 'desktop'] as const)(
    'of %s gives back what is under way, and the next start goes on with it',
    async (door) => {
      const { models, seen } = stuckAfterFirst();
      const first = await openApi({ door, models });
      const roots = [project('a', 'b', 'c', 'd')];
      const { id } = await first.call('run.start', { ...request, roots });
      await expect.poll(() => seen.length).toBe(3);
      await first.api.dispose();
      const told = first.events.flatMap((event) =>
        event.type === 'run.updated' ? [event.run.state] : [],
      );
      expect(told).not.toContain('cancelled');
      // A command shows that it rests, and leaves it alone.
      const { dataFolder } = first;
      const look = await openApi({ dataFolder });
      const resting = await look.call('run.get', { id });
      expect(resting.state).toBe('paused');
      expect(statesOf(resting)).toBe('completed pending pending pending');
      await look.api.dispose();
      const { models: good, done } = recordedModels();
      const next = await openApi({ dataFolder, door, models: good });
      const run = await next.ended(id);
      expect(run.state).toBe('completed');
      expect(statesOf(run)).toBe('completed completed completed completed');
      expect(done.toSorted()).toEqual(['b', 'c', 'd']);
    },
  );

  it('while its projects are scanned has the next start scan them', async () => {
    let scans = 0;
    const ports = {
      ...smallPorts,
      scan: async (...[root, options]: Parameters<typeof smallPorts.scan>) => {
        scans += 1;
        if (scans > 1) return smallPorts.scan(root, options);
        return new Promise<never>((_, reject) => {
          options?.signal?.addEventListener('abort', () => reject(options.signal?.reason));
        });
      },
    };
    const first = await openApi({ door: 'web', ports });
    const { id } = await first.call('run.start', {
      roots: [project('a')],
      kinds: ['dockerfile'],
    });
    await expect.poll(() => scans).toBe(1);
    await first.api.dispose();
    const next = await openApi({ dataFolder: first.dataFolder, door: 'web', ports });
    expect(await next.ended(id)).toMatchObject({ state: 'completed', failures: [] });
  });

  it('that rests by hand leaves it resting', async () => {
    const { models, seen } = stuckAfterFirst();
    const first = await openApi({ door: 'web', models });
    const { id } = await first.call('run.start', { ...request, roots: [project('a', 'b', 'c')] });
    await expect.poll(() => seen.length).toBe(3);
    void first.call('run.pause', { id }).catch(() => undefined);
    await first.api.dispose();
    const next = await openApi({ dataFolder: first.dataFolder, door: 'web', models });
    expect(await next.call('run.get', { id })).toMatchObject({
      state: 'paused',
      paused: 'It was paused by hand.',
    });
  });

  it('by a command cancels it', async () => {
    const { models, seen } = stuckAfterFirst();
    const first = await openApi({ door: 'cli', models });
    const { id } = await first.call('run.start', { ...request, roots: [project('a', 'b', 'c')] });
    await expect.poll(() => seen.length).toBe(3);
    await first.api.dispose();
    const next = await openApi({ dataFolder: first.dataFolder, door: 'web', models });
    const run = await next.call('run.get', { id });
    expect(run.state).toBe('cancelled');
    expect(statesOf(run)).toBe('completed cancelled cancelled');
  });
});
