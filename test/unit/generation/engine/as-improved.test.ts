import { expect, test } from 'vitest';
import { asImproved } from '#main/generation/engine/as-improved.ts';
import { offlinePorts } from '#main/generation/offline-ports.ts';

const never = new AbortController().signal;
const good = 'test:\n  script: [npm test]\n';
const faulty = `${good}old:\n  script: [x]\n  nonsense: 1\n`;
const artifact = (content: string) =>
  ({ kind: 'gitlab-ci', path: '.gitlab-ci.yml', content }) as const;
const improve = (author: string, made: string) =>
  asImproved(offlinePorts, { artifact: artifact(made), siblings: [] }, author, never);

test('changes that bring an error are taken back, and the reason is told', async () => {
  const { artifact: kept, findings } = await improve(good, `${good}  extra: 1\n`);
  expect(kept.content).toBe(good);
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(findings.map(({ message }) => message).join()).toMatch(/Left as it is: .*extra/);
});

test('an error that was there before does not take the changes back', async () => {
  const { artifact: made, findings } = await improve(faulty, `# more\n${faulty}`);
  expect(made.content).toBe(`# more\n${faulty}`);
  expect(findings.map(({ severity }) => severity)).not.toContain('error');
  expect(findings.map(({ message }) => message).join()).toContain('It was so before');
});
