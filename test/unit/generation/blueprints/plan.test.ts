import { describe, expect, it } from 'vitest';
import { planArtifacts } from '#main/generation/blueprints/generate.ts';
import { artifactKinds } from '#shared/artifact.ts';
import { project, service } from './fixtures.ts';

const web = service({ name: 'web', path: 'web' });
const worker = service({ name: 'worker', path: 'worker', kind: 'worker' });
const tool = service({ name: 'tool', path: 'tool', kind: 'cli' });
const shared = service({ name: 'shared', path: 'shared', kind: 'library' });
const all = project([web, worker, tool, shared]);

function plan(kinds: Parameters<typeof planArtifacts>[1], names?: readonly string[]) {
  return planArtifacts(all, kinds, names).map(
    ({ service: of, kind }) => `${of?.name ?? 'project'} ${kind}`,
  );
}

describe('planArtifacts', () => {
  it('plans kinds of services for what is deployed, and kinds of projects once', () => {
    expect(plan(['compose', 'terraform'])).toEqual(['project compose', 'project terraform']);
    expect(plan(artifactKinds)).toHaveLength(2 * 3 + artifactKinds.length - 3);
    expect(plan(['dockerfile', 'compose', 'kubernetes'])).toEqual([
      'web dockerfile',
      'web kubernetes',
      'worker dockerfile',
      'worker kubernetes',
      'project compose',
    ]);
  });

  it('gives tools and libraries a Dockerfile only where they are asked for by name', () => {
    expect(plan(artifactKinds, ['tool'])).toEqual(['tool dockerfile']);
    expect(plan(['dockerfile'], ['shared', 'web'])).toEqual([
      'web dockerfile',
      'shared dockerfile',
    ]);
  });

  it('plans nothing for names that do not exist or projects without services', () => {
    expect(plan(artifactKinds, ['nobody'])).toEqual([]);
    expect(planArtifacts(project([]), artifactKinds)).toEqual([]);
  });
});
