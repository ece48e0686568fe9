import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { offlinePorts } from '#main/generation/offline-ports.ts';
import type { ArtifactKind } from '#shared/artifact.ts';
import type { Target } from '#shared/target.ts';
import { nodeProject } from '#test/support/node-project.ts';
import { openApi } from '#test/support/open-api.ts';
import { proveSettings } from '#test/support/prove-settings.ts';

/** The files of one kind, as texts by path: as it is set at first, and after a change of one setting. */
async function beforeAndAfter<K extends keyof Target>(
  kind: ArtifactKind,
  field: K,
  next: Target[K],
  root = nodeProject('shop'),
) {
  const { call, runToEnd } = await openApi({ ports: offlinePorts });
  const files = async () => {
    const run = await runToEnd({ roots: [root], kinds: [kind] });
    expect(run.failures).toEqual([]);
    const proposals = await call('proposal.list', { runId: run.id });
    const texts = proposals.map(async ({ id, path }) => {
      const { content } = await call('proposal.get', { id });
      return [path, content] as const;
    });
    return { target: run.request.target, files: new Map(await Promise.all(texts)) };
  };
  const before = await files();
  await call('config.set', { [`target.${field}`]: next });
  const after = await files();
  expect(after.target?.[field]).toBe(next);
  return { before: before.files, after: after.files };
}

const paths = (files: ReadonlyMap<string, string>) => [...files.keys()].join(' ');

proveSettings('target', {
  async flavour() {
    const { before, after } = await beforeAndAfter('kubernetes', 'flavour', 'eks');
    expect(before.get('k8s/shop.yaml')).not.toContain('ingressClassName');
    expect(after.get('k8s/shop.yaml')).toContain('ingressClassName: alb');
  },
  async cloud() {
    const { before, after } = await beforeAndAfter('terraform', 'cloud', 'gcp');
    expect(paths(before)).toContain('terraform/aws/');
    expect(paths(after)).toContain('terraform/gcp/');
  },
  async compute() {
    const { before, after } = await beforeAndAfter('terraform', 'compute', 'kubernetes');
    const text = (files: ReadonlyMap<string, string>) => [...files.values()].join('\n');
    expect(text(before)).toContain('aws_ecs_service');
    expect(text(after)).toContain('aws_eks_cluster');
    expect(text(after)).not.toContain('aws_ecs_service');
  },
  async collector() {
    const { before, after } = await beforeAndAfter('collector', 'collector', 'sidecar');
    expect(paths(before)).not.toContain('sidecar');
    expect(paths(after)).toContain('sidecar');
  },
  async existing() {
    const root = nodeProject('shop');
    const mine = '# mine\nFROM node:22-slim\nWORKDIR /app\nCOPY . .\nCMD ["node", "server.js"]\n';
    writeFileSync(join(root, 'Dockerfile'), mine);
    const { before, after } = await beforeAndAfter('dockerfile', 'existing', 'replace', root);
    expect(before.get('Dockerfile')).toContain('# mine\nFROM node:22-slim\n');
    expect(after.get('Dockerfile')).not.toContain('# mine');
  },
});
