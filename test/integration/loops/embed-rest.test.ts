import { expect, it } from 'vitest';
import { embedRest } from '#main/loops/transformative/embed-rest.ts';
import type { VectorsPort } from '#main/loops/transformative/transformative-ports.ts';
import { OmegaError } from '#shared/error.ts';
import { openAgentDb } from '#test/support/agent-db.ts';
import { openMemories, wordVector } from '#test/support/memories.ts';

const { signal } = new AbortController();

/** Memories whose model can be changed and taken away, as the loop sees them. */
function open() {
  const model = { name: 'one', turns: 1, isThere: true };
  const { memories, storage } = openMemories({
    embed: async (text) => {
      if (!model.isThere) throw new OmegaError('UNAVAILABLE', 'The model is away.');
      return wordVector(text).map((value) => value * model.turns);
    },
  });
  const port: VectorsPort = {
    model: async () => {
      if (model.isThere) return model.name;
      throw new OmegaError('UNAVAILABLE', 'The model is away.');
    },
    embeddedBy: () => storage.meta.get('embeddedBy'),
    noteEmbeddedBy: (name) => storage.meta.set('embeddedBy', name),
    forget: (end) => memories.forgetVectors(end),
    embedWaiting: (end) => memories.backfill(end),
  };
  const find = async (text: string) =>
    (await memories.query({ text, limit: 1, recalls: false })).memories[0];
  return { model, memories, find, cycle: () => embedRest(port, signal) };
}

it('what has no vector, or that of another model, gets one of the present model, once', async () => {
  const { model, memories, find, cycle } = open();
  model.isThere = false;
  const { id } = await memories.store({ text: 'apples grow on trees' });
  await memories.store({ text: 'boats sail across the sea' });
  expect(await cycle()).toMatchObject({ results: { embedded: null }, insights: [] });
  model.isThere = true;
  expect(await cycle()).toMatchObject({ results: { embedded: 2, forgotten: 0 } });
  expect((await find('apples trees'))?.vectorRank).toBe(1);
  expect(await cycle()).toMatchObject({ results: { embedded: 0 }, insights: [] });

  // Vectors of the first model point the other way for the second: what is alike would come last.
  Object.assign(model, { name: 'two', turns: -1 });
  const renewed = await cycle();
  expect(renewed.results).toMatchObject({ model: 'two', forgotten: 2, embedded: 2 });
  expect(renewed.insights[0]).toContain('another one');
  const embedding = wordVector('apples grow on trees').map((value) => -value);
  const { memories: near } = await memories.query({ embedding, limit: 1 });
  expect(near[0]).toMatchObject({ memory: { id }, vectorRank: 1 });
  expect(await cycle()).toMatchObject({ results: { embedded: 0, forgotten: 0 }, insights: [] });
});

it('episodes and skills that wait are embedded, as many as there are, and again when asked', async () => {
  let running = false;
  const { db } = openAgentDb({ running: () => running });
  const episode = { sessionId: 's', reward: 1, success: true };
  for (let at = 0; at < 70; at++) await db.storeEpisode({ ...episode, task: `task number ${at}` });
  await db.createSkill({ name: 'pin', description: 'pin the image' });
  expect(await db.embedWaiting(signal)).toBe(0);
  running = true;
  expect(await db.embedWaiting(signal)).toBe(71);
  expect(await db.embedWaiting(signal)).toBe(0);
  expect(db.embedAgain()).toBe(71);
  expect(await db.embedWaiting(signal)).toBe(71);
  expect((await db.recallEpisodes({ text: 'task number 69', limit: 1 })).degraded).toBeNull();
});
