import { expect, it } from 'vitest';
import { checkFile } from '#main/generation/check-file.ts';
import { offlinePorts as ports } from '#main/generation/offline-ports.ts';

const manifest = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n';
const never = new AbortController().signal;

it('judges a manifest that an edit broke as the manifest that it was', async () => {
  const file = { path: 'k8s/a.yaml', content: `broken: [\n  ${manifest}` };
  const alone = await checkFile(ports, file, never);
  expect(alone.map(({ rule }) => rule)).toEqual(['omega/format']);
  const edited = await checkFile(ports, file, never, manifest);
  expect(edited).toMatchObject([{ rule: 'kubernetes/yaml', severity: 'error' }]);
});
