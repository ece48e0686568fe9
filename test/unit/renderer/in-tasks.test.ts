import { expect, it } from 'vitest';
import { inTasks } from '../../../src/renderer/model/in-tasks.ts';

it('does each stretch in a task of its own, in order, and none at once', async () => {
  const done: string[] = [];
  inTasks(function* () {
    done.push('first');
    setTimeout(() => done.push('what waited'));
    yield;
    done.push('second');
  });
  expect(done, 'the caller goes on first').toEqual([]);
  await expect.poll(() => done).toEqual(['first', 'what waited', 'second']);
});

it('does nothing more once it is stopped, so that no editor is made for a file that was left', async () => {
  const done: string[] = [];
  const stop = inTasks(function* () {
    done.push('first');
    stop();
    yield;
    done.push('second');
  });
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(done).toEqual(['first']);
});
