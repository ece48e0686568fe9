import { expect, it } from 'vitest';
import { mostAtOnce, tally } from '#test/stand-ins/log-figures.ts';
import { spawnStandIn } from '#test/stand-ins/spawn-stand-in.ts';

const alive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

// Catches a process that outlives its test, and a log or behaviour that does not cross to it.
it('runs as a process of its own, is told how to act, shows its log, and ends', async () => {
  const standIn = await spawnStandIn({ latencyMs: 10, answer: 'prose' });
  try {
    const ask = (): Promise<Response> =>
      fetch(`${standIn.urls.ollama}/api/chat`, {
        method: 'POST',
        body: JSON.stringify({
          model: 'llama3.2',
          stream: false,
          messages: [{ role: 'user', content: 'Hi' }],
        }),
      });
    expect((await ask()).status).toBe(200);
    await standIn.behave({ latencyMs: 100, capacity: 3 });
    await Promise.all(Array.from({ length: 4 }, ask));
    const log = await standIn.log();
    expect(tally(log)).toMatchObject({ answered: 4, overCapacity: 1 });
    expect(mostAtOnce(log.filter(({ outcome }) => outcome === 'answered'))).toBe(3);
    await standIn.clearLog();
    expect(await standIn.log()).toEqual([]);
  } finally {
    await standIn.close();
  }
  expect(alive(standIn.pid)).toBe(false);
});
