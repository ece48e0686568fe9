import { expect, test } from 'vitest';
import { HiddenPaths } from '#main/generation/review/hidden-paths.ts';
import { makeProject } from '../scan/support/tree.ts';

// Catches: a module of ours that lies in a folder which the author's .gitignore means for something else.
test('says which line of which ignore file hides a new file, a folder of it or the file itself', async () => {
  const root = await makeProject({
    '.gitignore': '/tmp/\nstorage\n*.tfvars*\n!*.example\n',
    'deploy/.gitignore': 'secrets/\n',
  });
  const hidden = new HiddenPaths(root);
  const said = async (path: string) => (await hidden.finding(path))?.message ?? null;
  expect(await hidden.finding('terraform/aws/modules/storage/main.tf')).toMatchObject({
    rule: 'omega/hidden',
    severity: 'warning',
    url: expect.stringContaining('omegahidden'),
  });
  expect(await said('terraform/aws/modules/storage/main.tf')).toMatch(
    /^\.gitignore hides this path by "storage".*write !terraform\/aws\/modules\/storage below it/,
  );
  expect(await said('deploy/secrets/main.tf')).toMatch(/^deploy\/\.gitignore .*!secrets below it/);
  expect(await said('prod.tfvars')).toMatch(/"\*\.tfvars\*"/);
  for (const path of ['prod.tfvars.example', 'terraform/tmp/main.tf', 'secrets/main.tf'])
    expect(await said(path)).toBeNull();
});

test('a project without an ignore file hides nothing', async () => {
  const hidden = new HiddenPaths(await makeProject({ 'a.txt': '' }));
  expect(await hidden.finding('k8s/web.yaml')).toBeNull();
});
