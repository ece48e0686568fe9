import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '#main/core/clock.ts';
import type { Sums } from '#main/storage/agentdb/causal-store.ts';
import { Storage } from '#main/storage/storage.ts';
import type { Episode } from '#shared/agentdb-episodes.ts';
import { tempFolder } from '#test/support/temp-folder.ts';
import { seededRandom } from '../../../../bench/synthetic-source.ts';

const labels = ['a', 'b', 'c', 'd'];
const tasks = ['build', ' Build ', 'test  it', 'TEST it', 'ship', 'once'];
const isSame = (one: string, other: string): boolean =>
  one.trim().toLowerCase().split(/\s+/).join(' ') ===
  other.trim().toLowerCase().split(/\s+/).join(' ');

const sums = (episodes: readonly Episode[], effect: string): Sums => {
  const of = ({ success, reward, labels: held }: Episode): number => {
    if (effect === 'reward') return reward;
    return Number(effect === 'success' ? success : held.includes(effect));
  };
  return {
    n: episodes.length,
    sum: episodes.reduce((sum, one) => sum + of(one), 0),
    squares: episodes.reduce((sum, one) => sum + of(one) ** 2, 0),
  };
};

const near = ({ n, sum, squares }: Sums) => ({
  n,
  sum: expect.closeTo(sum, 9),
  squares: expect.closeTo(squares, 9),
});

/** Strata in an order of their own, without what rounding adds. */
const inOrder = (strata: readonly { held: Sums; absent: Sums }[]): string[] =>
  strata
    .map(({ held, absent }) =>
      [held.n, held.sum, held.squares, absent.n, absent.sum, absent.squares]
        .map((value) => Math.abs(value).toFixed(9))
        .join(' '),
    )
    .sort();

test('the sums of the store are those of adding up episodes one by one', () => {
  const storage = new Storage(tempFolder(), systemClock);
  onTestFinished(() => storage.dispose());
  const random = seededRandom(11);
  const episodes: Episode[] = [];
  for (let at = 0; at < 120; at += 1) {
    const episode: Episode = {
      id: `e${at}`,
      sessionId: 's',
      task: tasks[Math.floor(random() * tasks.length)] ?? '',
      input: '',
      output: '',
      critique: '',
      // The same label twice counts once.
      labels: [...labels, ...labels].filter(() => random() < 0.3),
      reward: random(),
      success: random() < 0.5,
      latencyMs: null,
      tokens: null,
      at,
    };
    storage.transaction(() => storage.episodes.insert(episode, true));
    episodes.push(episode);
    if (at % 10 !== 0) continue;
    for (const cause of labels) {
      for (const effect of ['success', 'reward', ...labels.filter((one) => one !== cause)]) {
        const found = storage.causes.sums(cause, effect);
        expect(found.total).toEqual(near(sums(episodes, effect)));
        const held = episodes.filter((one) => one.labels.includes(cause));
        const groups = tasks.filter(
          (task, at) => tasks.findIndex((other) => isSame(task, other)) === at,
        );
        const expected = groups.flatMap((task) => {
          const own = episodes.filter((one) => isSame(one.task, task));
          const with_ = own.filter((one) => held.includes(one));
          if (with_.length === 0) return [];
          const without = own.filter((one) => !held.includes(one));
          return [{ held: sums(with_, effect), absent: sums(without, effect) }];
        });
        expect(inOrder(found.strata)).toEqual(inOrder(expected));
      }
    }
  }
});
