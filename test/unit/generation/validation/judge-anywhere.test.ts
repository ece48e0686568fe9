import { describe, expect, it } from 'vitest';
import { judge } from '#main/generation/validation/judge.ts';
import { judgeAnywhere } from '#main/generation/validation/judge-anywhere.ts';

const signal = new AbortController().signal;
const manifest = (count: number): string =>
  Array.from(
    { length: count },
    (_, i) =>
      `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: svc-${i}\nspec:\n  replicas: many\n`,
  ).join('---\n');
const file = (count: number) =>
  ({ path: 'k8s/all.yaml', content: manifest(count), format: 'kubernetes' }) as const;

describe('judging a file here or in a thread', () => {
  it.each([1, 400])('finds the same either way, in %i resources', async (count) => {
    const here = await judge(file(count));
    expect(here.length).toBeGreaterThan(0);
    expect(await judgeAnywhere(file(count), signal)).toEqual(here);
  });

  it('does not hold this thread for a long file', async () => {
    const long = file(3_000);
    await judgeAnywhere(long, signal);
    let longest = 0;
    let last = performance.now();
    const tick = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 2);
    const start = performance.now();
    await judgeAnywhere(long, signal);
    const took = performance.now() - start;
    clearInterval(tick);
    expect(longest).toBeLessThan(took / 2);
  });

  it('says of a file that takes too long that it does', async () => {
    const findings = await judgeAnywhere(file(3_000), signal, 1);
    expect(findings).toMatchObject([{ rule: 'file/too-slow', severity: 'error' }]);
  });

  it('is cancelled in the middle of a long file', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 20);
    const judging = judgeAnywhere(file(3_000), controller.signal);
    await expect(judging).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('ends a short template whose regular expression never ends', async () => {
    const content = `a: {{ regexMatch "^(a+)+$" "${'a'.repeat(50)}!" }}\n`;
    const siblings = [{ path: 'c/Chart.yaml', content: 'name: c\n' }];
    const template = { path: 'c/templates/a.yaml', content, siblings, format: 'helm' } as const;
    const findings = await judgeAnywhere(template, signal, 1_500);
    expect(findings).toMatchObject([{ rule: 'file/too-slow', severity: 'error' }]);
  });
});
