import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { NearResponses } from '#main/cache/near-responses.ts';
import { type EmbedTexts, NoteVectors } from '#main/cache/note-vectors.ts';
import type { KeptNote } from '#main/cache/response-cache.ts';
import { systemClock } from '#main/core/clock.ts';
import { embeddingOf } from '#test/support/embedding-of.ts';
import { openCache, owner, response } from '#test/support/response-cache.ts';

const signal = new AbortController().signal;
const hourMs = 3_600_000;

const note = (text: string, topic = 'files 1: dockerfile'): KeptNote => ({
  topic,
  text,
  details: '{}',
  model: 'm',
});

/** Texts with one first letter are the same, others as far apart as can be. */
const byFirstLetter: EmbedTexts = async (texts) =>
  texts.map((text) => embeddingOf(text.charCodeAt(0)));

/** A cache whose notes get vectors from the test's own embedder; the background begins after `quietMs`. */
function open(embed: EmbedTexts = byFirstLetter, quietMs = 60_000) {
  let now = 1e12;
  const clock = { ...systemClock, now: () => now };
  const errors: unknown[] = [];
  const opened = openCache(undefined, {}, clock);
  const notes = opened.storage.responseNotes;
  const onError = (error: unknown): void => void errors.push(error);
  const vectors = new NoteVectors({ notes, embed, onError, quietMs });
  onTestFinished(() => vectors.dispose());
  const near = new NearResponses({ notes, vectors, settings: opened.settings, clock });
  const keep = (key: string, text: string, topic?: string) =>
    opened.cache.set(key, owner, response(`answer ${key}`), note(text, topic));
  const find = async (text: string, least = 0.9) =>
    (await near.find(note(text), least, signal)).map(({ key }) => key);
  const pass = (ms: number): void => {
    now += ms;
  };
  return { ...opened, notes, vectors, find, keep, pass, noteErrors: errors };
}

describe('near answers', () => {
  it('are those of the same topic that are near enough, the newest first of equals', async () => {
    const { find, keep, pass } = open();
    await keep('a1', 'apple');
    pass(1);
    await keep('a2', 'avocado');
    await keep('b', 'banana');
    await keep('other', 'apple', 'files 1: compose');
    expect(await find('apricot')).toEqual(['a2', 'a1']);
    expect(await find('cherry')).toEqual([]);
  });

  it('were never without a note, accepted, or replaced by what has none', async () => {
    const { cache, find, keep } = open();
    await cache.set('plain', owner, response('x'));
    const accepted = {
      key: 'a',
      provider: 'p',
      model: 'm',
      project: null,
      madeAt: 1,
      acceptedAt: 2,
    };
    await cache.set('taken', owner, { ...response('x'), accepted });
    await keep('a', 'apple');
    expect(await find('apple')).toEqual(['a']);
    // Catches a note that outlives the text that it was of.
    await cache.set('a', owner, response('another'));
    expect(await find('apple')).toEqual([]);
  });

  it('go with their answers: by age, by size, and cleared; and count for the size', async () => {
    const { cache, settings, find, keep, pass, notes } = open();
    await cache.set('plain', owner, response('answer a'));
    const bare = (await cache.stats()).bytes;
    await keep('a', 'apple');
    expect((await cache.stats()).bytes - 2 * bare).toBeGreaterThan(384 * 4);
    expect(await find('apple')).toEqual(['a']);
    settings.set({ ...settings.current, ttlHours: 1 });
    pass(hourMs + 1);
    expect(await find('apple'), 'too old, though not removed yet').toEqual([]);
    await keep('b', 'banana');
    await cache.clear({ project: owner.project });
    expect(notes.counts()).toEqual({ ready: 0, bare: 0 });
    await keep('c', 'cherry');
    settings.set({ ...settings.current, maxMb: 0.001 });
    await cache.settled();
    expect(notes.counts()).toEqual({ ready: 0, bare: 0 });
    expect(await cache.stats()).toMatchObject({ entries: 0, bytes: 0 });
  });

  it('cannot be told where there is no model; nothing else fails', async () => {
    const { cache, find, keep } = open(() => Promise.reject(new Error('no model')));
    await keep('a', 'apple');
    await expect(find('apple')).rejects.toThrow('no model');
    expect((await cache.get('a'))?.text).toBe('answer a');
  });
});

describe('the background', () => {
  it('begins once no answer has come for a while, and embeds all in groups', async () => {
    const sizes: number[] = [];
    const counted: EmbedTexts = (texts, own) => {
      sizes.push(texts.length);
      return byFirstLetter(texts, own);
    };
    const { keep, notes, vectors } = open(counted, 40);
    for (let at = 0; at < 40; at += 1) {
      void keep(`k${at}`, `note ${at}`);
      vectors.wake();
    }
    await keep('last', 'note');
    expect(sizes, 'nothing while answers come').toEqual([]);
    await expect.poll(() => notes.counts()).toEqual({ ready: 41, bare: 0 });
    expect(sizes).toEqual([32, 9]);
  });

  it('gives up where it cannot, says so once, and ends at once', async () => {
    let tries = 0;
    const failing: EmbedTexts = () => {
      tries += 1;
      return Promise.reject(new Error('no model'));
    };
    const { keep, vectors, noteErrors } = open(failing, 1);
    await keep('a', 'apple');
    vectors.wake();
    await expect.poll(() => noteErrors.length).toBe(1);
    await wait(20);
    expect(tries).toBe(1);
    vectors.wake();
    await vectors.dispose();
    expect(tries).toBe(1);
  });
});

describe('an accepted answer', () => {
  const accepted = { key: 'a', provider: 'p', model: 'm', project: '/x', madeAt: 1, acceptedAt: 2 };

  it('says so after a restart, and is taken back alone', async () => {
    const first = openCache();
    await first.cache.set('taken', owner, { ...response('x'), accepted });
    await first.cache.set('own', owner, response('y'));
    await first.close();
    const { cache } = openCache(first.folder);
    expect(await cache.get('taken')).toEqual({ ...response('x'), accepted });
    expect(cache.peek('own')).toEqual(response('y'));
    expect(cache.forgetAccepted('own'), 'it was answered').toBe(false);
    expect(cache.forgetAccepted('taken')).toBe(true);
    expect(await cache.get('taken'), 'not from memory either').toBeNull();
    expect(await cache.get('own')).not.toBeNull();
  });

  // Catches an answer of a model that goes on to be called accepted.
  it('is no more once the model answered anew', async () => {
    const { cache } = openCache();
    await cache.set('k', owner, { ...response('x'), accepted });
    await cache.set('k', owner, response('fresh'));
    expect(cache.peek('k')).toEqual(response('fresh'));
    expect(cache.forgetAccepted('k')).toBe(false);
  });
});
