import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '#main/core/clock.ts';
import { Storage } from '#main/storage/storage.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

const rest = {
  sessionId: 's',
  input: '',
  output: '',
  critique: '',
  reward: 1,
  success: true,
  latencyMs: null,
  tokens: null,
  labels: [],
};

test('a word that thousands have does not drown the rare one, and finds them where it is alone', () => {
  const storage = new Storage(tempFolder(), systemClock);
  onTestFinished(() => storage.dispose());
  const { episodes } = storage;
  storage.transaction(() => {
    for (let at = 0; at < 5_100; at += 1) {
      const task = at === 77 ? 'the quokkas of the build' : 'the build the build the build';
      episodes.insert({ ...rest, id: `e${at}`, task, at }, true);
    }
  });
  const found = (text: string) => episodes.withWords(text, {}, 10).map(({ id }) => id);
  expect(found('the build of a quokka')).toEqual(['e77']);
  expect(found('builds')).toHaveLength(10);
  expect(found('nobody wrote this')).toEqual([]);
  expect(found('" OR NEAR(* {')).toEqual([]);
});
