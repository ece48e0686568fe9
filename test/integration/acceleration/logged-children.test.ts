import { join } from 'node:path';
import { expect, it } from 'vitest';
import { forkCompute } from '#main/acceleration/compute/fork-compute.ts';
import { LoggedChildren } from '#main/acceleration/compute/logged-children.ts';
import { openLogger } from '#main/core/logger.ts';
import { logLines } from '#test/support/log-lines.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

it('what a child prints before it dies is in the log, with its pid, and bounded', async () => {
  const folder = tempFolder();
  const { logger, resource } = openLogger(folder);
  const children = new LoggedChildren(logger);
  const child = children.wrap(forkCompute(join(import.meta.dirname, 'noisy-child.ts')), 'noisy')();
  const heard: unknown[] = [];
  child.onMessage((message) => heard.push(message));
  const ended = new Promise<string>((resolve) => child.onExit(resolve));
  child.send({ type: 'go' });
  expect(await ended).toBe('exit code 9');
  await expect
    .poll(() => logLines(folder).at(-1)?.msg)
    .toMatch(/lines were left out|ended|cut off/);
  const lines = logLines(folder);
  expect(lines.every((line) => line.part === 'noisy' && line.child === child.pid)).toBe(true);
  expect(lines[0]?.msg).toBe('x'.repeat(2_000));
  expect(lines[1]?.msg).toBe('noise 0');
  expect(lines.map(({ msg }) => msg)).toContain('The process ended by itself: exit code 9.');
  // One minute may end and another begin meanwhile.
  expect(lines.length).toBeLessThan(2 * 200 + 5);
  expect(lines.map(({ msg }) => msg).join()).not.toMatch(/too little|not in the form/);
  // Lines of the log are not for whoever works with the child.
  expect(heard).toEqual([{ type: 'answer' }]);
  children.dispose();
  resource.dispose();
});
