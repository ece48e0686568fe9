import { rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { offlinePorts } from '#main/generation/offline-ports.ts';
import { planOf } from '#shared/loop-plan.ts';
import { defaultTarget } from '#shared/target.ts';
import { openApi } from '../../support/open-api.ts';
import { growOrders, ordersProject } from '../../support/orders-project.ts';
import { snapshot, tempFolder } from '../../support/temp-folder.ts';
import { writeFiles } from '../../support/write-files.ts';

async function open(...roots: readonly string[]) {
  const opened = await openApi({ ports: offlinePorts });
  for (const root of roots) await opened.call('project.add', { root });
  const cycle = (data: Record<string, string[]> = {}) =>
    opened.call('loop.run', { type: 'deliberative', input: { data } });
  return { ...opened, cycle };
}

// Catches a loop that only compares with what it remembers: an author's files have no history here.
test('a port and a backing service that came after the files are found and planned', async () => {
  const root = ordersProject();
  const { call, cycle, runToEnd } = await open(root);
  expect(await cycle()).toMatchObject({ insights: [], actions: [], quality: null });
  growOrders(root);
  const files = snapshot(root);
  const { insights, actions, quality } = await cycle();
  const name = basename(root);
  expect(insights).toEqual(
    expect.arrayContaining([
      `${name}: "orders" opens port 9090 (server.js:5); compose.yaml:5 does not have it.`,
      `${name}: "orders" opens port 9090 (server.js:5); k8s/orders.yaml:16 does not have it.`,
      `${name}: "orders" opens port 9090 (server.js:5); Dockerfile:6 does not have it.`,
      `${name}: "orders" talks to redis (package.json:8); compose.yaml:5 does not have it.`,
      `${name}: "orders" talks to redis (package.json:8); k8s/orders.yaml:16 does not have it.`,
      `${name}: "orders" needs the variable REDIS_URL (server.js:2); compose.yaml:5 does not have it.`,
    ]),
  );
  expect(actions).toMatchObject([
    {
      kind: 'plan',
      state: 'proposed',
      parameters: {
        root,
        kinds: ['compose', 'dockerfile', 'kubernetes'],
        services: ['orders'],
        existing: 'replace',
      },
    },
  ]);
  // Redis and its variable; blueprints serve one port.
  expect(actions[0]?.parameters.settles).toBe('4 of 7');
  expect(quality).toBeCloseTo(4 / 7);
  expect(snapshot(root)).toEqual(files);
  // Nothing changed since: nothing is told or proposed again, nor counted as new by being moved.
  writeFiles(root, { 'Dockerfile.md': '# Notes\n' });
  expect(await cycle()).toMatchObject({ insights: [], actions: [] });
  // What a person starts by it proposes what it says.
  const plan = actions[0] && planOf(actions[0]);
  if (!plan) throw new Error('There is no plan');
  const { kinds, services, existing } = plan;
  const run = await runToEnd({
    ...{ roots: [plan.root], kinds, services },
    target: { ...defaultTarget, existing },
  });
  const proposals = await call('proposal.list', { runId: run.id });
  const compose = proposals.find(({ path }) => path === 'compose.yaml');
  const { content } = await call('proposal.get', { id: compose?.id ?? '' });
  expect(content).toMatch(/REDIS_URL: .*\n {2}redis:/s);
});

// Catches a loop that holds what blueprints leave out on purpose against their own files.
test('files that Omega wrote are told of only what came after them', async () => {
  const root = tempFolder();
  growOrders(root);
  writeFiles(root, { 'package-lock.json': '{"lockfileVersion":3}' });
  const { call, cycle, runToEnd } = await open(root);
  const run = await runToEnd({ roots: [root], kinds: ['dockerfile', 'compose'] });
  const ids = (await call('proposal.list', { runId: run.id })).map(({ id }) => id);
  await call('proposal.decide', { ids, state: 'accepted' });
  await call('proposal.apply', { runId: run.id, ids });
  expect(await cycle()).toMatchObject({ insights: [], actions: [] });
  const facts = () => call('memory.query', { types: ['fact'], limit: 5 });
  await expect.poll(async () => (await facts()).memories.length).toBe(1);
  writeFiles(root, {
    'worker.js': "const { Pool } = require('pg');\nnew Pool();\n",
    'package.json':
      '{"name":"orders","scripts":{"start":"node server.js"},"dependencies":{"express":"^4","redis":"^4",\n"pg":"^8"},"engines":{"node":"22"}}',
    'more.js': "require('express')().listen(9191);\n",
  });
  const { actions, insights } = await cycle();
  expect(actions).toMatchObject([
    { parameters: { kinds: ['compose', 'dockerfile'], existing: 'improve' } },
  ]);
  const told = insights.map((insight) => insight.replace(/.*?"orders" (.*);.*/, '$1'));
  expect(told.toSorted()).toEqual([
    'opens port 9191 (more.js:1)',
    'opens port 9191 (more.js:1)',
    'talks to postgres (package.json:2)',
  ]);
});

// Catches one broken project that ends the cycle, and one that is told of again at each.
test('a project that cannot be scanned is told once and keeps none from the others', async () => {
  const [gone, root] = [ordersProject(), ordersProject()];
  const { call, cycle } = await open(root);
  rmSync(join(gone), { recursive: true });
  growOrders(root);
  const first = await cycle({ roots: [gone] });
  expect(first.insights[0]).toMatch(`${basename(gone)} could not be looked at`);
  expect(first.actions).toHaveLength(1);
  expect((await cycle({ roots: [gone] })).insights).toEqual([]);
  const wrong = { type: 'deliberative', input: { data: { roots: 'all' } } };
  await expect(call('loop.run', wrong)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
});
