import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { systemClock } from '#main/core/clock.ts';
import { fixed } from '#main/core/live.ts';
import { apply } from '#main/generation/review/apply.ts';
import { diskFiles, type ProjectFiles } from '#main/generation/review/project-files.ts';
import { undo } from '#main/generation/review/undo.ts';
import { Storage } from '#main/storage/storage.ts';
import { configDefaults } from '#shared/config.ts';
import { openApi, project } from '#test/support/open-api.ts';
import { smallPorts } from '#test/support/small-ports.ts';
import { snapshot } from '#test/support/temp-folder.ts';

/** The real disk, with a cancellation in front of its N-th operation. */
function cancelling(controller: AbortController, at: number) {
  let count = 0;
  const files = new Proxy(diskFiles, {
    get(target, name: keyof ProjectFiles) {
      const operation = target[name] as (...input: unknown[]) => Promise<unknown>;
      return (...input: unknown[]) => {
        count += 1;
        if (count === at) controller.abort();
        return operation(...input);
      };
    },
  });
  return { files, count: () => count };
}

async function prepared() {
  const root = project('web', 'api');
  writeFileSync(join(root, 'web', 'Dockerfile'), 'mine\n');
  const { api, dataFolder, runToEnd } = await openApi();
  const run = await runToEnd({ roots: [root], kinds: ['dockerfile', 'kubernetes'] });
  await api.dispose();
  const storage = new Storage(dataFolder, systemClock);
  const context = {
    storage,
    config: fixed(configDefaults),
    clock: systemClock,
    logger: pino({ level: 'silent' }),
    ports: smallPorts,
    emit: () => undefined,
  };
  const ids = storage.proposals.list(run.id).map(({ proposal }) => proposal.id);
  return { root, context, request: { runId: run.id, ids, dryRun: false, overwrite: true } };
}

describe('a cancellation', () => {
  it('at any moment of a write leaves all of it or nothing', async () => {
    const { root, context, request } = await prepared();
    const before = snapshot(root);
    let cancelled = 0;
    for (let at = 1; ; at += 1) {
      const controller = new AbortController();
      const { files, count } = cancelling(controller, at);
      const answer = await apply({ ...context, files }, request, controller.signal).catch(
        (error: { code: string }) => error.code,
      );
      if (answer === 'CANCELLED') {
        cancelled += 1;
        expect(snapshot(root), `operation ${at}`).toEqual(before);
        expect(context.storage.journal.list()).toEqual([]);
        continue;
      }
      if (typeof answer === 'string') throw new Error(answer);
      expect(answer[0]?.outcomes.every(({ status }) => status === 'written')).toBe(true);
      await undo(
        { ...context, files: diskFiles },
        answer[0]?.checkpointId ?? '',
        new AbortController().signal,
      );
      expect(snapshot(root)).toEqual(before);
      if (at > count()) break;
    }
    expect(cancelled).toBeGreaterThan(10);
    context.storage.dispose();
  });

  it('at any moment of an undo leaves each file whole, and another undo does the rest', async () => {
    const { root, context, request } = await prepared();
    const before = snapshot(root);
    const live = new AbortController().signal;
    const whole = { ...context, files: diskFiles };
    for (let at = 1; at < 40; at += 3) {
      const [report] = await apply(whole, request, live);
      const written = snapshot(root);
      const id = report?.checkpointId ?? '';
      const controller = new AbortController();
      const { files } = cancelling(controller, at);
      const answer = await undo({ ...context, files }, id, controller.signal).catch(
        (error: { code: string }) => error.code,
      );
      if (answer === 'CANCELLED') {
        expect(snapshot(root), `operation ${at}`).toEqual(written);
        await undo(whole, id, live);
      }
      expect(snapshot(root)).toEqual(before);
    }
    context.storage.dispose();
  });
});
