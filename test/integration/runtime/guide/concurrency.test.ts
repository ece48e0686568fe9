import { expect, it } from 'vitest';
import { openOmega } from '#test/support/open-omega.ts';

const open = () => openOmega({ 'healthMonitor.enabled': false });

/** The guide's batch of stores at once. */
it('memories stored all at once have each their own id and text, and none is lost', async () => {
  const { api } = await open();
  const given = Array.from({ length: 1_000 }, (_, at) => `note number ${at}`);
  const stored = await Promise.all(
    given.map((text) => api.storeMemory({ text, tier: 'semantic' })),
  );
  expect(new Set(stored.map(({ id }) => id)).size).toBe(1_000);
  const found = await Promise.all(stored.map(({ id }) => api.getMemory(id)));
  expect(found.map((memory) => memory?.text)).toEqual(given);
  expect((await api.queryMemories({ limit: 1_000 })).memories).toHaveLength(1_000);
  expect(api.getMetrics().memoryStores).toBe(1_000);
});

it('stores, changes, deletions and queries at once leave what one after the other would', async () => {
  const { api } = await open();
  const ids = await api.storeMemories(
    Array.from({ length: 90 }, (_, at) => ({ text: `thing ${at}`, tier: 'semantic' as const })),
  );
  await Promise.all(
    ids.map(async ({ id }, at) => {
      if (at % 3 === 0) await api.deleteMemory(id);
      else if (at % 3 === 1) await api.updateMemory(id, { text: `changed ${at}` });
      else await api.queryMemories({ text: `thing ${at}` });
    }),
  );
  const left = await Promise.all(ids.map(({ id }) => api.getMemory(id)));
  const expected = ids.map((_, at) => [null, `changed ${at}`, `thing ${at}`][at % 3]);
  expect(left.map((memory) => memory?.text ?? null)).toEqual(expected);
});

it('uses of a skill at once are all counted', async () => {
  const { api } = await open();
  const { skill } = await api.createSkill({ name: 'cache', description: 'Keep packages.' });
  await Promise.all(
    Array.from({ length: 100 }, (_, at) =>
      api.recordSkillUse({ id: skill.id, success: at % 4 !== 0 }),
    ),
  );
  const { skills } = await api.searchSkills({ text: 'Keep packages' });
  expect(skills[0]?.skill).toMatchObject({ uses: 100, successes: 75 });
});
