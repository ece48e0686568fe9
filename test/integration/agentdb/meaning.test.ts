import { afterAll, describe, expect, test } from 'vitest';
import { Acceleration } from '#main/acceleration/acceleration.ts';
import { forkCompute } from '#main/acceleration/compute/fork-compute.ts';
import { fixed } from '#main/core/live.ts';
import { configDefaults } from '#shared/config.ts';
import { openAgentDb } from '#test/support/agent-db.ts';
import { computeEntry, hasModel, modelsFolder, needsModel } from '#test/support/model.ts';

const tasks = [
  'Make the container image smaller',
  'Rotate the log files every night',
  'Give the database a password that is not in the repository',
  'Speed up the build by keeping downloaded packages',
];

describe.skipIf(!hasModel)(needsModel, () => {
  const acceleration = new Acceleration({
    spawn: forkCompute(computeEntry),
    modelsFolder,
    settings: fixed({ ...configDefaults.acceleration, targetLatencyMs: 5000 }),
    candidates: [],
  });
  afterAll(() => acceleration.dispose());
  const embed = (text: string, signal?: AbortSignal) => acceleration.embedText(text, signal);

  test.each([
    ['reduce the size of the docker layers', tasks[0]],
    ['store credentials as a secret', tasks[2]],
    ['cache dependencies so that compiling is quicker', tasks[3]],
  ])('"%s" finds what means the same in other words', async (text, meant) => {
    const { db } = openAgentDb({ embed });
    for (const task of tasks) {
      await db.storeEpisode({ sessionId: 's', task, reward: 1, success: true });
      await db.createSkill({ name: task.slice(0, 8), description: task });
      await db.storeVector({ vector: await embed(task), metadata: { task } });
    }
    const { episodes } = await db.recallEpisodes({ text, limit: 1 });
    expect(episodes[0]?.episode.task).toBe(meant);
    const { skills } = await db.searchSkills({ text, limit: 1 });
    expect(skills[0]?.skill.description).toBe(meant);
    const { hits } = await db.searchVectors({ text, k: 1 });
    expect(hits[0]?.metadata.task).toBe(meant);
  });
});
