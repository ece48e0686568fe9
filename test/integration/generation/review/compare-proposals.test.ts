import { describe, expect, it } from 'vitest';
import { offlinePorts } from '#main/generation/offline-ports.ts';
import { nodeProject } from '#test/support/node-project.ts';
import { openApi } from '#test/support/open-api.ts';

describe('the files of a run are compared with each other', () => {
  it('an edit that moves a port is told on the other file, and taken back with the edit', async () => {
    const root = nodeProject('shop', { port: 3000 });
    const { call, runToEnd } = await openApi({ ports: offlinePorts });
    const run = await runToEnd({ roots: [root], kinds: ['dockerfile', 'compose', 'kubernetes'] });
    const told = async () =>
      (await call('proposal.list', { runId: run.id })).flatMap(({ path, findings }) =>
        findings.filter(({ rule }) => /-differs$/.test(rule)).map(({ rule }) => `${path} ${rule}`),
      );
    expect(await told()).toEqual([]);

    const proposals = await call('proposal.list', { runId: run.id });
    const id = proposals.find(({ path }) => path === 'Dockerfile')?.id ?? '';
    const { content } = await call('proposal.get', { id });
    expect(content).toContain('EXPOSE 3000');
    const moved = content.replace('EXPOSE 3000', 'EXPOSE 4000');
    await call('proposal.edit', { id, content: moved });
    expect(await told()).toEqual([
      'k8s/shop.yaml omega/port-differs',
      'compose.yaml omega/port-differs',
    ]);
    const { jobs } = await call('run.get', { id: run.id });
    expect(jobs.map(({ kind, errors }) => [kind, errors])).toEqual([
      ['dockerfile', 0],
      ['kubernetes', 1],
      ['compose', 1],
    ]);

    await call('proposal.edit', { id, content });
    expect(await told()).toEqual([]);
  });
});
