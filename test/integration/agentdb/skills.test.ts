import { expect, test } from 'vitest';
import { OmegaError } from '#shared/error.ts';
import { byWords, openAgentDb } from '#test/support/agent-db.ts';

const cache = { name: 'cache', description: 'mount a cache while packages install' };

test('a name that is there gets its next version, the ones before are kept with their counts', async () => {
  const { db, events } = openAgentDb();
  const first = await db.createSkill({ ...cache, content: 'v1', metadata: { by: 'me' } });
  await db.recordSkillUse({ id: first.skill.id, success: true, reward: 0.5, latencyMs: 10 });
  await db.recordSkillUse({ id: first.skill.id, success: false, latencyMs: 30 });
  const second = await db.createSkill({ ...cache, content: 'v2' });
  expect(second).toMatchObject({ created: true, skill: { version: 2, uses: 0, content: 'v2' } });
  expect(second.skill.id).not.toBe(first.skill.id);
  expect(await db.getSkill({ id: first.skill.id })).toMatchObject({
    version: 1,
    content: 'v1',
    metadata: { by: 'me' },
    uses: 2,
    successes: 1,
    meanReward: 0.5,
    meanLatencyMs: 20,
  });
  expect((await db.getSkill({ name: 'cache' }))?.version).toBe(2);
  expect((await db.getSkill({ name: 'cache', version: 1 }))?.id).toBe(first.skill.id);
  expect(await db.getSkill({ name: 'cache', version: 3 })).toBeNull();
  const versions = await db.listSkills({ name: 'cache' });
  expect(versions.map(({ version }) => version)).toEqual([2, 1]);
  expect(await db.listSkills()).toEqual([second.skill]);
  expect(events.map(({ type }) => type)).toEqual([
    'skill.created',
    'skill.used',
    'skill.used',
    'skill.created',
  ]);
});

test('the same again makes no version, tells nobody, and keeps the counts', async () => {
  const { db, events } = openAgentDb();
  const { skill } = await db.createSkill({ ...cache, metadata: { a: 1 } });
  await db.recordSkillUse({ id: skill.id, success: true });
  const again = await db.createSkill({ ...cache, name: ' cache ', metadata: { a: 1 } });
  expect(again).toMatchObject({ created: false, skill: { id: skill.id, uses: 1, successes: 1 } });
  const many = Array.from({ length: 5 }, () => db.createSkill({ ...cache, content: 'new' }));
  const created = (await Promise.all(many)).filter((one) => one.created);
  expect(created).toHaveLength(1);
  expect(await db.listSkills({ name: 'cache' })).toHaveLength(2);
  expect(events.filter(({ type }) => type === 'skill.created')).toHaveLength(2);
});

test('a new skill is found; of two that fit alike the proven one comes first, the failed one last', async () => {
  const { db } = openAgentDb();
  const description = 'shrink the image with a second stage';
  const made = [];
  for (const name of ['failed', 'fresh', 'proven']) {
    made.push((await db.createSkill({ name: `${name} x`, description })).skill);
  }
  await db.createSkill({ name: 'other', description: 'rotate the logs every night' });
  for (let use = 0; use < 10; use += 1) {
    await db.recordSkillUse({ id: made[0]?.id ?? '', success: false });
    await db.recordSkillUse({ id: made[2]?.id ?? '', success: true });
  }
  const { skills, degraded } = await db.searchSkills({ text: description });
  expect(skills.map(({ skill }) => skill.name)).toEqual([
    'proven x',
    'fresh x',
    'failed x',
    'other',
  ]);
  expect(degraded).toBeNull();
  expect(skills[1]?.score).toBeGreaterThan(0.3);
  expect(skills[1]?.skill.worth).toBe(0.5);
  expect((await db.searchSkills({ text: description, limit: 1 })).skills).toHaveLength(1);
});

test('being good at something else does not put a skill before one that fits', async () => {
  const { db } = openAgentDb();
  await db.createSkill({ name: 'fits', description: 'expose the metrics port to prometheus' });
  const { skill } = await db.createSkill({ name: 'else', description: 'pin the port' });
  for (let use = 0; use < 50; use += 1) await db.recordSkillUse({ id: skill.id, success: true });
  const { skills } = await db.searchSkills({ text: 'expose metrics port to prometheus' });
  expect(skills.map((found) => found.skill.name)).toEqual(['fits', 'else']);
});

test('a new version is found by its new description only, and begins with the worth of the one before', async () => {
  const { db } = openAgentDb();
  const { skill } = await db.createSkill({ name: 's', description: 'alpha beta gamma' });
  for (let use = 0; use < 20; use += 1) await db.recordSkillUse({ id: skill.id, success: true });
  const next = await db.createSkill({ name: 's', description: 'delta epsilon zeta' });
  expect(next.skill.worth).toBeGreaterThan(0.85);
  const old = await db.searchSkills({ text: 'alpha beta gamma' });
  expect(old.skills).toMatchObject([{ skill: { version: 2 } }]);
  expect(old.skills[0]?.similarity).toBeLessThan(0.5);
  const { skills } = await db.searchSkills({ text: 'delta epsilon zeta' });
  expect(skills[0]?.similarity).toBeGreaterThan(0.8);
});

test('without an embedder skills are kept, found by words, and embedded when it is back', async () => {
  let dead = true;
  const { db } = openAgentDb({
    embed: async (text) => {
      if (dead) throw new OmegaError('UNAVAILABLE', 'The model is missing.');
      return byWords(text);
    },
  });
  expect((await db.createSkill(cache)).degraded).toMatch(/model is missing/);
  await db.createSkill({ name: 'ports', description: 'expose a port' });
  const words = await db.searchSkills({ text: 'installing packages' });
  expect(words.skills).toMatchObject([{ skill: { name: 'cache' }, similarity: null }]);
  expect(words.degraded).toMatch(/found by their words/);
  dead = false;
  const { skills, degraded } = await db.searchSkills({ text: 'cache packages' });
  expect(degraded).toBeNull();
  expect(skills).toHaveLength(2);
  expect(skills[0]).toMatchObject({ skill: { name: 'cache' }, similarity: expect.any(Number) });
});

test('a version that is embedded late does not take the place of one that came meanwhile', async () => {
  let dead = true;
  const [begun, late] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const { db } = openAgentDb({
    embed: async (text) => {
      if (dead) throw new OmegaError('UNAVAILABLE', 'The model is missing.');
      if (!text.includes('alpha')) return byWords(text);
      begun.resolve();
      await late.promise;
      return byWords(text);
    },
  });
  await db.createSkill({ name: 's', description: 'alpha beta gamma' });
  dead = false;
  const searched = db.searchSkills({ text: 'delta epsilon zeta' });
  await begun.promise;
  await db.createSkill({ name: 's', description: 'delta epsilon zeta' });
  late.resolve();
  await searched;
  const { skills } = await db.searchSkills({ text: 'delta epsilon zeta' });
  expect(skills[0]?.similarity).toBeGreaterThan(0.8);
});

test('what is no skill, use or wish is refused', async () => {
  const { db } = openAgentDb();
  const refused = { code: 'INVALID_INPUT' };
  await expect(db.createSkill({ name: ' ', description: 'x' })).rejects.toMatchObject(refused);
  await expect(db.createSkill({ name: 'x', description: ' ' })).rejects.toMatchObject(refused);
  await expect(db.searchSkills({ text: ' ' })).rejects.toMatchObject(refused);
  await expect(db.searchSkills({})).rejects.toMatchObject(refused);
  const use = { id: 'x', success: true, reward: 2 };
  await expect(db.recordSkillUse(use)).rejects.toMatchObject(refused);
  const unknown = db.recordSkillUse({ id: 'unknown', success: true });
  await expect(unknown).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
