import { describe, expect, it } from 'vitest';
import { matchPattern } from '#main/generation/consistency/kyverno-pattern.ts';
import { compose, contradictions, file, manifest, messages } from './files.ts';

const policy = (pattern: string, match = 'any: [{ resources: { kinds: [Pod] } }]', more = '') =>
  file(
    'policies/kyverno.yaml',
    `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: { name: rules }
spec:
  rules:
    - name: asked
      match: { ${match} }
${more}      validate:
        message: no
        pattern: ${pattern}
`,
  );
const images = (image: string) => `{ spec: { containers: [{ image: "${image}" }] } }`;

describe('policies', () => {
  it.each([
    ['registry', images('reg.example.com/*'), images('other.example.com/*'), 12],
    [
      'label',
      '{ metadata: { labels: { app: "?*" } } }',
      '{ metadata: { labels: { team: "?*" } } }',
      7,
    ],
    ['field', '{ spec: { =(hostNetwork): "false" } }', '{ spec: { hostNetwork: "false" } }', 8],
  ])(
    'that ask for another %s than the manifests have are told there',
    async (_what, met, unmet, line) => {
      expect(await contradictions(manifest(), policy(met))).toEqual([]);
      const found = await contradictions(manifest(), policy(unmet));
      expect(found.map((one) => one.split(' ')[1])).toEqual(['omega/policy-refuses']);
      expect(Math.abs(Number(/:(\d+)/.exec(found[0] ?? '')?.[1]) - line)).toBeLessThanOrEqual(2);
      const [message] = await messages(manifest(), policy(unmet));
      expect(message).toContain('policies/kyverno.yaml (line 6)');
    },
  );

  it('that ask some objects only, or of images that are replaced, are not decided', async () => {
    const strict = images('other.example.com/*');
    const some = 'any: [{ resources: { kinds: [Pod], namespaces: [prod] } }]';
    expect(await contradictions(manifest(), policy(strict, some))).toEqual([]);
    const excluded = '      exclude: { any: [{ resources: { names: [web] } }] }\n';
    expect(await contradictions(manifest(), policy(strict, undefined, excluded))).toEqual([]);
    const overlay = file(
      'deploy/kustomization.yaml',
      'images: [{ name: reg.example.com/shop/web, newName: other.example.com/shop/web }]\n',
    );
    expect(await contradictions(manifest(), policy(strict), overlay)).toEqual([]);
    expect(await contradictions(compose(), policy('{ spec: [1, 2] }'))).toEqual([]);
  });
});

describe('matchPattern', () => {
  const type = (pattern: unknown, held: unknown) => matchPattern(pattern, held).type;

  it.each([
    ['*:* & !*:latest', 'a/b:1', 'holds'],
    ['*:* & !*:latest', 'a/b:latest', 'broken'],
    ['a/* | b/*', 'b/c', 'holds'],
    ['a/* | b/*', 'c/b', 'broken'],
    ['?*', '', 'broken'],
    ['> 10', '5', 'unknown'],
    ['{{ request.name }}', 'x', 'unknown'],
    [true, false, 'broken'],
  ])('reads the value %j for %j', (pattern, held, verdict) => {
    expect(type(pattern, held)).toBe(verdict);
  });

  it('reads anchors as Kyverno does', () => {
    expect(type({ '=(a)': 'x' }, {})).toBe('holds');
    expect(type({ '=(a)': 'x' }, { a: 'y' })).toBe('broken');
    expect(type({ 'X(a)': 'null' }, { a: 1 })).toBe('broken');
    expect(type({ '(a)': 'x', b: 'y' }, { a: 'z', b: 'n' })).toBe('skipped');
    expect(type({ '(a)': 'x', b: 'y' }, { a: 'x', b: 'n' })).toBe('broken');
    expect(type([{ '(a)': 'x', b: 'y' }], [{ a: 'z' }, { a: 'x', b: 'n' }])).toBe('broken');
    expect(type({ '^(a)': [{ b: 'y' }] }, { a: [] })).toBe('unknown');
  });

  it('takes time of the lengths only where wildcards are many', () => {
    expect(type(`${'*a'.repeat(300)}b`, 'a'.repeat(1_900))).toBe('broken');
  });
});
