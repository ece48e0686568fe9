import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openApi, project } from '#test/support/open-api.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

async function childAtWork(dataFolder: string, root: string) {
  const script = join(import.meta.dirname, 'crash-child.ts');
  const child = spawn(process.execPath, [script, dataFolder, root], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += String(chunk);
  });
  await expect.poll(() => output, { timeout: 15_000 }).toContain('b running');
  return child;
}

describe('a run of another process', () => {
  it('that lives is left alone; once it was killed, the next start ends it with a reason', async () => {
    const dataFolder = tempFolder();
    const root = project('a', 'b', 'c');
    const child = await childAtWork(dataFolder, root);
    const beside = await openApi({ dataFolder });
    const [running] = await beside.call('run.list', {});
    expect(running?.state).toBe('running');
    await expect(beside.call('run.cancel', { id: running?.id ?? '' })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    await beside.api.dispose();
    child.kill('SIGKILL');
    await once(child, 'exit');
    const next = await openApi({ dataFolder });
    const run = await next.call('run.get', { id: running?.id ?? '' });
    expect(run.state).toBe('failed');
    expect(run.failures[0]?.error.code).toBe('CANCELLED');
    expect(run.jobs.map(({ state }) => state)).toEqual(['completed', 'cancelled', 'cancelled']);
    // What the first job made is kept and can still be written.
    const proposals = await next.call('proposal.list', { runId: run.id });
    expect(proposals.map(({ path }) => path)).toEqual(['a/Dockerfile']);
  });
});
