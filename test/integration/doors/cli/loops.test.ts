import { expect, it } from 'vitest';
import { loopTypes } from '#shared/loops.ts';
import { omega } from '#test/support/omega-process.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

it('omega loop lists the seven with what each is, and refuses what is none with the near one', async () => {
  const home = tempFolder();
  const [list, wrong, garbage, piped, history, report] = await Promise.all([
    omega(home, ['loop', '--json'], undefined, { env: { OMEGA_LOOPS_ENABLE_ADAPTIVE: 'false' } }),
    omega(home, ['loop', 'run', 'adaptve']),
    omega(home, ['loop', 'run', 'adaptive', '--input', '{data:']),
    omega(home, ['loop', 'run', 'adaptive', '--input', '-', '--json'], undefined, {
      input: '{"other":1}',
    }),
    omega(home, ['loop', 'history', 'transcendent', '--limit', '5']),
    omega(home, ['loop', 'report']),
  ]);
  const loops = JSON.parse(list.stdout);
  expect(loops.map(({ loop }: { loop: string }) => loop)).toEqual(loopTypes);
  // A command does not begin loops by itself.
  expect(loops.every(({ dueAt }: { dueAt: unknown }) => dueAt === null)).toBe(true);
  expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('mean adaptive?') });
  expect(garbage).toMatchObject({ code: 2, stderr: expect.stringContaining('no JSON') });
  expect(piped.code).toBe(2);
  expect(JSON.parse(piped.stdout)).toMatchObject({ error: { code: 'INVALID_INPUT' } });
  expect(history).toMatchObject({ code: 0, stdout: '', stderr: expect.stringContaining('omega') });
  expect(report).toMatchObject({ stdout: '', stderr: expect.stringContaining('run transcendent') });
  expect(report.code).not.toBe(0);
});

it('omega loop report prints what the last transcendent cycle wrote', async () => {
  const home = tempFolder();
  await omega(home, ['loop', 'run', 'transcendent']);
  const { code, stdout } = await omega(home, ['loop', 'report']);
  expect(code).toBe(0);
  expect(stdout).toContain('# What your projects have in common\n\n0 projects were read.');
});
