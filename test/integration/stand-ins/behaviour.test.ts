import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { standInKey } from '#test/stand-ins/behaviour.ts';
import { durations, mostAtOnce, tally } from '#test/stand-ins/log-figures.ts';
import { StandIn } from '#test/stand-ins/server.ts';

let standIn: StandIn;
beforeEach(async () => {
  standIn = await StandIn.start({ answer: () => 'word '.repeat(40) });
});
afterEach(() => standIn.close());

function ask(prompt = 'Hi', stream = false, signal: AbortSignal | null = null): Promise<Response> {
  return fetch(`${standIn.urls.openai}/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${standInKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      model: 'gpt-4.1',
      stream,
      messages: [{ role: 'user', content: prompt }],
    }),
    signal,
  });
}

async function statuses(prompts: readonly string[]): Promise<readonly number[]> {
  return Promise.all(
    prompts.map(async (prompt) => {
      const answer = await ask(prompt);
      await answer.text();
      return answer.status;
    }),
  );
}

const prompts = Array.from({ length: 200 }, (_, index) => `Prompt ${index}`);

describe('the behaviour of a stand-in', () => {
  it('waits for its latency, and writes at its pace', async () => {
    standIn.behave({ latencyMs: 60, tokensPerSecond: 500 });
    await (await ask()).text();
    await (await ask('Hi', true)).text();
    const [whole, stream] = standIn.log.calls;
    // 50 tokens at 500 a second after 60 ms; a whole answer leaves when its last token is there.
    expect((whole?.firstByteAt ?? 0) - (whole?.beganAt ?? 0)).toBeGreaterThan(155);
    expect((stream?.firstByteAt ?? 0) - (stream?.beganAt ?? 0)).toBeLessThan(150);
    for (const ms of durations(standIn.log.calls)) expect(ms).toBeGreaterThan(155);
  });

  it('refuses what is over its capacity, with Retry-After, and takes it afterwards', async () => {
    standIn.behave({ latencyMs: 100, capacity: 2, capacityRetryAfterMs: 3_000 });
    const answers = await Promise.all(prompts.slice(0, 5).map((prompt) => ask(prompt)));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.map(({ headers }) => headers.get('retry-after'))).toEqual(['3', '3', '3']);
    expect(tally(standIn.log.calls)).toMatchObject({ answered: 2, overCapacity: 3 });
    expect(mostAtOnce(standIn.log.calls.filter(({ status }) => status === 200))).toBe(2);
    expect(await statuses(['again'])).toEqual([200]);
  });

  it('draws faults by their share, the same for the same seed in any order', async () => {
    const shares = [
      { share: 0.2, fault: { kind: 'status', status: 500 } },
      { share: 0.1, fault: { kind: 'rate-limit' } },
    ] as const;
    standIn.behave({ faults: { shares } });
    const first = await statuses(prompts);
    const failed = first.filter((status) => status !== 200).length;
    expect(failed).toBeGreaterThan(35);
    expect(failed).toBeLessThan(85);
    await standIn.close();
    standIn = await StandIn.start({ faults: { shares } });
    expect([...(await statuses(prompts.toReversed()))].reverse()).toEqual(first);
    await standIn.close();
    standIn = await StandIn.start({ faults: { shares }, seed: 2 });
    expect(await statuses(prompts)).not.toEqual(first);
  });

  it('takes scripted faults in order, and then none', async () => {
    standIn.behave({
      faults: { script: [{ kind: 'status', status: 503 }, null, { kind: 'rate-limit' }] },
    });
    const seen: number[] = [];
    for (const prompt of ['a', 'b', 'c', 'd']) seen.push(...(await statuses([prompt])));
    expect(seen).toEqual([503, 200, 429, 200]);
  });

  it('cuts the connection after the bytes that were said', async () => {
    standIn.behave({ faults: { script: [{ kind: 'cut', afterBytes: 300 }] } });
    const answer = await ask('Hi', true);
    let bytes = 0;
    const read = async (): Promise<void> => {
      for await (const part of answer.body ?? []) bytes += (part as Uint8Array).length;
    };
    await expect(read()).rejects.toThrow();
    expect(bytes).toBe(300);
    expect(standIn.log.calls).toMatchObject([{ outcome: 'faulted', fault: 'cut', bytes: 300 }]);
  });

  it.each([0, 300])('stalls after %i bytes until its client goes', async (afterBytes) => {
    standIn.behave({ faults: { script: [{ kind: 'stall', afterBytes }] } });
    const answer = ask('Hi', true, AbortSignal.timeout(200)).then((response) => response.text());
    await expect(answer).rejects.toThrow();
    await standIn.log.until(([call]) => call?.endedAt !== null);
    expect(standIn.log.calls).toMatchObject([
      { outcome: 'aborted', fault: 'stall', bytes: afterBytes },
    ]);
    expect(durations(standIn.log.calls)[0]).toBeGreaterThan(150);
  });

  it.each([false, true])('writes an endless answer, as a stream: %s', async (stream) => {
    standIn.behave({ faults: { script: [{ kind: 'endless', bytes: 5_000_000 }] } });
    const text = await (await ask('Hi', stream)).text();
    expect(text.length).toBeGreaterThan(5_000_000);
    if (!stream) expect(JSON.parse(text).choices[0].message.content).toMatch(/^word word/);
  });

  it('ends an endless answer when its client goes', async () => {
    standIn.behave({ faults: { script: [{ kind: 'endless', bytes: 1e12 }] } });
    const answer = await ask('Hi', true);
    await answer.body?.cancel();
    await standIn.log.until(([call]) => call?.outcome === 'aborted');
    expect(standIn.log.calls[0]?.bytes).toBeLessThan(1e9);
  });

  it('says pieces of an answer when they come', async () => {
    let go = (): void => {};
    const wait = new Promise<void>((resolve) => {
      go = resolve;
    });
    standIn.behave({
      answer: async function* () {
        yield 'first';
        await wait;
        yield 'second';
      },
    });
    const answer = await ask('Hi', true);
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (!text.includes('first')) text += (await reader?.read())?.value ?? '';
    expect(text).not.toContain('second');
    go();
    for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) {
      text += part.value;
    }
    expect(text).toContain('second');
  });

  it('is no LLM at any address while a page is everywhere', async () => {
    standIn.behave({ faults: { everywhere: { kind: 'html' } } });
    const models = await fetch(`${standIn.urls.openai}/models`);
    expect(models.headers.get('content-type')).toBe('text/html');
    expect(await (await ask()).text()).toContain('<html>');
  });
});
