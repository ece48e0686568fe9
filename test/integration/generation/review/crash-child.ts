import { writeFileSync } from 'node:fs';
import { pino } from 'pino';
import { systemClock } from '#main/core/clock.ts';
import { fixed } from '#main/core/live.ts';
import { apply } from '#main/generation/review/apply.ts';
import { diskFiles, type ProjectFiles } from '#main/generation/review/project-files.ts';
import { recover } from '#main/generation/review/recover.ts';
import type { ReviewContext } from '#main/generation/review/review-context.ts';
import { undo } from '#main/generation/review/undo.ts';
import { Storage } from '#main/storage/storage.ts';
import { configDefaults } from '#shared/config.ts';
import { smallPorts } from '#test/support/small-ports.ts';

/**
 * Applies a run, undoes a checkpoint or recovers, and kills itself (SIGKILL: no handler runs) at the given
 * step: before the N-th change of a file, half-way through staging one, or before the commit.
 * Arguments: data folder, `apply`, `undo` or `recover`, id, step. Prints the number of steps where it lives.
 */
const [dataFolder = '', action = '', id = '', at = ''] = process.argv.slice(2);
const killAt = Number(at);
let step = 0;

function die(): void {
  process.kill(process.pid, 'SIGKILL');
}

function reach(): void {
  step += 1;
  if (step === killAt) die();
}

const files: ProjectFiles = {
  ...diskFiles,
  async stage(temp, bytes, like) {
    reach();
    step += 1;
    if (step === killAt) {
      writeFileSync(temp, bytes.subarray(0, bytes.length / 2));
      die();
    }
    await diskFiles.stage(temp, bytes, like);
  },
  async swap(temp, path) {
    reach();
    await diskFiles.swap(temp, path);
  },
  async remove(path) {
    reach();
    await diskFiles.remove(path);
  },
  async makeFolder(path) {
    reach();
    await diskFiles.makeFolder(path);
  },
  async removeFolder(path) {
    reach();
    await diskFiles.removeFolder(path);
  },
};

const storage = new Storage(dataFolder, systemClock);
const durably = storage.durably.bind(storage);
Object.assign(storage, {
  durably: <T>(work: () => T): T => {
    reach();
    return durably(work);
  },
});
const context: ReviewContext = {
  storage,
  config: fixed(configDefaults),
  clock: systemClock,
  logger: pino({ level: 'silent' }),
  ports: smallPorts,
  files,
  emit: () => undefined,
};
const { signal } = new AbortController();
if (action === 'apply') {
  const ids = storage.proposals.list(id).map(({ proposal }) => proposal.id);
  await apply(context, { runId: id, ids, dryRun: false, overwrite: true }, signal);
} else if (action === 'undo') {
  await undo(context, id, signal);
} else {
  await recover(context);
}
storage.dispose();
process.stdout.write(String(step));
