import { describe, expect, it } from 'vitest';
import { meant, oneOf } from '#main/doors/cli/one-of.ts';
import { parseKinds } from '#main/doors/cli/parse-options.ts';
import { artifactKinds } from '#shared/artifact.ts';
import { clouds, flavours } from '#shared/target.ts';

describe('a name that is not known', () => {
  it.each([
    ['gek', flavours, 'gke'],
    ['minkube', flavours, 'minikube'],
    ['google', clouds, 'gcp'],
    ['terrafrom', artifactKinds, 'terraform'],
    ['k8s', artifactKinds, 'kubernetes'],
    ['gitlab', artifactKinds, 'gitlab-ci'],
  ])('%s is told with the nearest', (typed, names, near) => {
    expect(meant(typed, names)).toBe(`Did you mean "${near}"? `);
  });

  it('is told without one where none is near, and short names are not mistaken for others', () => {
    expect(meant('openshift', flavours)).toBe('');
    expect(meant('xyz', flavours)).toBe('');
    expect(() => oneOf(flavours)('openshift')).toThrow(/^Give one of standard, /);
  });

  it('is named among others of a list', () => {
    expect(() => parseKinds('helm,dockerfil')).toThrow(
      /^"dockerfil" is no kind\. Did you mean "dockerfile"\? Give all, or some of /,
    );
  });
});
