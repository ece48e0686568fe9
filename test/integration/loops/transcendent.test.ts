import { rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { offlinePorts } from '#main/generation/offline-ports.ts';
import { fiveProjects } from '../../support/five-projects.ts';
import { learningApi, swap } from '../../support/learning-api.ts';
import { nodeProject } from '../../support/node-project.ts';
import { openApi } from '../../support/open-api.ts';
import { writeFiles } from '../../support/write-files.ts';

const planted = 'registry.example.com/base:1.4';
const decoy = 'registry.example.com/odd:9';

/** Five projects in five languages; three of them have one base image in common, on line 2. */
async function open() {
  const roots = fiveProjects();
  for (const [index, root] of roots.entries()) {
    const image = index < 3 ? planted : index === 3 ? decoy : null;
    if (image)
      writeFiles(root, {
        Dockerfile: `# syntax=docker/dockerfile:1\nFROM ${image}\nUSER 1000\nCMD ["/app/run"]\n`,
      });
  }
  const opened = await openApi({ ports: offlinePorts });
  for (const root of roots) await opened.call('project.add', { root });
  const cycle = () => opened.call('loop.run', { type: 'transcendent' });
  const memories = async () =>
    (await opened.call('memory.query', { types: ['pattern'], limit: 100 })).memories.map(
      ({ memory }) => memory,
    );
  return { ...opened, roots, cycle, memories };
}

// Catches a report that is made of fixed questions, and a run that multiplies what is known.
test('a pattern of three in five projects is cited with its places, a decoy is not; once', async () => {
  const { roots, call, cycle, memories } = await open();
  const first = await cycle();
  const report = String(first.results.report);
  const section = report.split(/\n##+ /).find((one) => one.includes(planted));
  expect(section).toContain(`3 of 5: the base image ${planted}`);
  const cited = roots.slice(0, 3).map((root) => `- ${basename(root)}: \`Dockerfile:2\``);
  expect(section?.match(/^- .*$/gm)).toEqual(cited.toSorted());
  expect(report).not.toContain(decoy);
  const kept = await memories();
  const [own, ...others] = kept.filter(({ text }) => text.includes(planted));
  expect(others).toEqual([]);
  expect(own).toMatchObject({
    ...{ tier: 'strategic', confidence: 4 / 7 },
    metadata: { loop: 'transcendent', cycle: first.cycleId },
    provenance: { source: 'loop', ref: `transcendent/${first.cycleId}` },
  });
  expect(own?.text).toContain(`${basename(roots[0] ?? '')}/Dockerfile:2`);

  const second = await cycle();
  expect(second).toMatchObject({ insights: [], actions: [] });
  expect(second.results.report).toBe(report);
  expect((await memories()).map(({ id }) => id).toSorted()).toEqual(
    kept.map(({ id }) => id).toSorted(),
  );

  // A fourth project has it now: the memory changes, and is not joined by another.
  writeFiles(roots[4] ?? '', { Dockerfile: `FROM ${planted}\n` });
  await cycle();
  const after = (await memories()).filter(({ text }) => text.includes(planted));
  expect(after).toMatchObject([{ id: own?.id, confidence: 5 / 7 }]);
  const history = await call('loop.history', { type: 'transcendent' });
  expect(history[0]?.output?.actions[0]?.parameters).toMatchObject({
    before: { text: own?.text },
    after: { text: after[0]?.text },
  });
});

// Catches a memory that comes back each time though a person took it back.
test('a memory that was taken back stays away while its pattern is the same', async () => {
  const { call, cycle, memories } = await open();
  const { cycleId, actions } = await cycle();
  const action = actions.find(({ description }) => description.includes(planted));
  await call('loop.revert', { cycle: cycleId, action: action?.id ?? '' });
  const without = async () => (await memories()).filter(({ text }) => text.includes(planted));
  expect(await without()).toEqual([]);
  expect((await cycle()).actions).toEqual([]);
  expect(await without()).toEqual([]);
});

// Catches patterns that are forgotten because one project's disk was away for a while.
test('a project that cannot be read is told, and costs no pattern its memory', async () => {
  const { roots, cycle, memories } = await open();
  await cycle();
  const texts = async () => (await memories()).map(({ text }) => text).toSorted();
  const before = await texts();
  rmSync(join(roots[0] ?? ''), { recursive: true });
  const { insights, quality, results } = await cycle();
  expect(insights.join('\n')).toContain(`${roots[0]} could not be read`);
  expect(quality).toBe(0.8);
  expect(String(results.report)).toContain('## Not read');
  expect(await texts()).toEqual(before);
});

// Catches lessons that are read by the project that they came from alone: others kept them too.
test('an edit that was kept in three projects is cited where each file has it', async () => {
  const { call, runToEnd, first, decide } = await learningApi();
  const roots = ['orders', 'billing', 'cart'].map((name) => nodeProject(name));
  const lines: number[] = [];
  for (const [index, root] of roots.entries()) {
    await call('project.add', { root });
    const proposal = await first(root);
    const { id, runId, content } = proposal;
    const edit = swap('WORKDIR /app\n', 'WORKDIR /app\nENV TZ=Europe/Vienna\n');
    const taught = index === 0 ? edit(content) : content;
    if (index === 0) await call('proposal.edit', { id, content: taught });
    await decide(id, 'accepted');
    await call('proposal.apply', { runId, ids: [id] });
    lines.push(taught.split('\n').indexOf('ENV TZ=Europe/Vienna') + 1);
    // A run waits until what was decided has been learned.
    await runToEnd({ roots: [root], kinds: ['dockerfile'] });
  }
  expect(Math.min(...lines)).toBeGreaterThan(1);
  const { results } = await call('loop.run', { type: 'transcendent' });
  const section = String(results.report)
    .split(/\n##+ /)
    .find((one) => one.includes('the accepted edit'));
  expect(section).toContain('3 of 3: the accepted edit "+ ENV TZ=Europe/Vienna"');
  for (const [index, root] of roots.entries()) {
    expect(section).toContain(`- ${basename(root)}: \`Dockerfile:${lines[index]}\``);
  }
});
