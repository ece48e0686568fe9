import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { openGate } from '#test/support/open-gate.ts';
import { answersAfter, fault, ScriptedProvider } from '#test/support/scripted-provider.ts';

/** Writes three words, with a pause after each. */
const words = (pieces = ['one ', 'two ', 'three']) =>
  new ScriptedProvider('ollama', async (_request, { onText, signal }) => {
    for (const piece of pieces) {
      onText?.(piece);
      await wait(20, undefined, { signal });
    }
    return pieces.join('');
  });

describe('the same request of many at once', () => {
  it('is one call; each gets the answer, and one alone bears its cost', async () => {
    const ollama = new ScriptedProvider('ollama', answersAfter(50));
    const { ask, record, cache } = openGate([ollama]);
    const answers = await Promise.all(Array.from({ length: 100 }, () => ask('same')));
    expect(ollama.served).toHaveLength(1);
    expect(answers.map(({ text }) => text)).toEqual(Array(100).fill('answer'));
    expect(answers.filter(({ cached }) => !cached)).toHaveLength(1);
    const cost = answers.reduce((sum, { costUsd }) => sum + (costUsd ?? 0), 0);
    expect(cost).toBeCloseTo(0.03);
    expect(record.shared).toBe(99);
    expect(record.figures()).toMatchObject({ calls: 1, cacheHits: 99, cacheMisses: 1 });
    expect(await ask('same')).toMatchObject({
      text: 'answer',
      cached: true,
      costUsd: 0,
      attempts: 0,
    });
    expect(await cache.stats()).toMatchObject({ entries: 1, memoryHits: 1 });
    expect(ollama.served).toHaveLength(1);
  });

  it('goes on for the others where one leaves, also the one who began it', async () => {
    const ollama = new ScriptedProvider('ollama', answersAfter(60));
    const { ask } = openGate([ollama]);
    const leaving = new AbortController();
    const first = ask('same', { signal: leaving.signal });
    const second = ask('same');
    await wait(20);
    leaving.abort();
    await expect(first).rejects.toMatchObject({ code: 'CANCELLED' });
    expect((await second).text).toBe('answer');
    expect(ollama.served).toHaveLength(1);
  });

  it('is aborted when all have left, and who comes then has a call of their own', async () => {
    const ended: string[] = [];
    const ollama = new ScriptedProvider('ollama', async (request, options, before) => {
      options.signal.addEventListener('abort', () => ended.push(`aborted ${before}`));
      return answersAfter(60)(request, options, before);
    });
    const { ask } = openGate([ollama]);
    const leaving = new AbortController();
    const all = [1, 2, 3].map(() => ask('same', { signal: leaving.signal }));
    await wait(20);
    leaving.abort();
    for (const each of all) await expect(each).rejects.toMatchObject({ code: 'CANCELLED' });
    const late = ask('same');
    expect((await late).text).toBe('answer');
    expect(ended).toEqual(['aborted 0']);
    expect(ollama.served).toHaveLength(2);
  });

  it('streams all of the text to each, also to who comes late or finds it in the cache', async () => {
    const { ask } = openGate([words()]);
    const heard = ['', '', ''];
    const listen = (who: number) => ({
      onText: (piece: string) => {
        heard[who] += piece;
      },
    });
    const first = ask('same', listen(0));
    await wait(30);
    const late = ask('same', listen(1));
    await Promise.all([first, late]);
    await ask('same', listen(2));
    expect(heard).toEqual(Array(3).fill('one two three'));
  });

  it('begins its text anew for each when the request is made again', async () => {
    const ollama = words();
    const whole = ollama.script;
    ollama.script = async (request, options, before) => {
      if (before > 0) return whole(request, options, before);
      options.onText?.('half of ');
      await wait(30);
      // What is still on its way when the request has failed must reach nobody.
      setTimeout(() => options.onText?.('LATE'), 1);
      throw fault();
    };
    const { ask, record } = openGate([ollama]);
    const heard = ['', ''];
    const listen = (who: number) => ({
      onText: (piece: string) => {
        heard[who] += piece;
      },
      onRestart: () => {
        heard[who] = '';
      },
    });
    const both = [ask('same', listen(0)), ask('same', listen(1))];
    const [answer] = await Promise.all(both);
    expect(answer).toMatchObject({ text: 'one two three', attempts: 2 });
    expect(heard).toEqual(['one two three', 'one two three']);
    expect(record.figures()).toMatchObject({ retries: 1, calls: 1, failed: 0 });
  });

  it('is as many calls as are asked for where the cache is left alone, and anew with refresh', async () => {
    let count = 0;
    const ollama = new ScriptedProvider('ollama', () => `answer ${++count}`);
    const { ask } = openGate([ollama]);
    await Promise.all([1, 2, 3].map(() => ask('same', { cache: 'off' })));
    expect(ollama.served).toHaveLength(3);
    expect((await ask('same')).text).toBe('answer 4');
    expect((await ask('same', { cache: 'refresh' })).text).toBe('answer 5');
    expect((await ask('same')).text).toBe('answer 5');
    expect(ollama.served).toHaveLength(5);
  });
});
