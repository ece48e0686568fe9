import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { generateArtifacts } from '#main/generation/blueprints/generate.ts';
import { defaultTarget } from '#shared/target.ts';
import { judge } from '../validation/expect-findings.ts';
import { project, service, stacks } from './fixtures.ts';

// biome-ignore lint/suspicious/noExplicitAny: manifests are open records
type Manifest = any;
const documents = (text: string): Manifest[] => parseAllDocuments(text).map((one) => one.toJS());

describe('policies', () => {
  const [namespace, kyverno] = generateArtifacts('policies', project([service()]), null);

  it('are of one namespace, in files that their validators accept', async () => {
    expect(namespace?.path).toBe('policies/namespace.yaml');
    expect(await judge('kubernetes', namespace?.content ?? '')).toEqual([]);
    expect(await judge('kyverno', kyverno?.content ?? '')).toEqual([]);
    const [space, deny] = documents(namespace?.content ?? '');
    expect(space.metadata.labels['pod-security.kubernetes.io/enforce']).toBe('restricted');
    expect(deny.spec).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
    const all = documents(kyverno?.content ?? '');
    expect(new Set([deny, ...all].map((one) => one.metadata.namespace))).toEqual(
      new Set([space.metadata.name]),
    );
    for (const { spec } of all) expect(spec.rules[0].validate.failureAction).toBe('Audit');
  });

  it('refuse less where manifests of an author run', () => {
    const level = (path: string, isOurs: boolean) => {
      const texts = new Map([[path, { content: 'a: 1\n', isOurs }]]);
      const scan = project([service()], { existing: [{ kind: 'kubernetes', path }] });
      const [file] = generateArtifacts('policies', scan, null, { target: defaultTarget, texts });
      return documents(file?.content ?? '')[0].metadata.labels[
        'pod-security.kubernetes.io/enforce'
      ];
    };
    expect(level('deploy/web.yaml', false)).toBe('baseline');
    // Files of ours are no reason: a second run would else change the first one's.
    expect(level('deploy/web.yaml', true)).toBe('restricted');
    expect(level('k8s/api.yaml', false)).toBe('restricted');
    expect(level('policies/other.yaml', false)).toBe('restricted');
  });

  it('let in the image of the collector, which no registry of theirs holds', () => {
    const scan = project([service()]);
    const made = generateArtifacts('collector', scan, null)[0]?.content ?? '';
    const { template } = documents(made).find(({ kind }) => kind === 'Deployment').spec;
    const rules = documents(kyverno?.content ?? '').map(({ spec }) => spec.rules[0]);
    const { validate } = rules.find(({ name }) => name === 'restrict-registries');
    expect(meets(template, validate.pattern)).toBe(true);
    expect(meets({ spec: { containers: [{ image: 'evil/web:1' }] } }, validate.pattern)).toBe(
      false,
    );
  });

  it.each(Object.entries(stacks).filter(([, { kind }]) => kind !== 'cli'))(
    'are met by the manifests of %s',
    (_name, of) => {
      const [made] = generateArtifacts('kubernetes', project([of]), of);
      const runner = documents(made?.content ?? '').find(
        ({ kind }) => kind === 'Deployment' || kind === 'Job',
      );
      const pod = { spec: runner.spec.template.spec };
      const rules = documents(kyverno?.content ?? '').map(({ spec }) => spec.rules[0].validate);
      for (const { pattern, anyPattern } of rules) {
        const ways = anyPattern ?? (pattern ? [pattern] : []);
        if (ways.length > 0)
          expect(
            ways.some((way: Manifest) => meets(pod, way)),
            JSON.stringify(ways),
          ).toBe(true);
      }
      // What the rule with a JMESPath asks for.
      for (const container of pod.spec.containers)
        expect(container.securityContext.capabilities.drop).toContain('ALL');
    },
  );
});

/** Kyverno's patterns, as far as ours go: `=(key)`, lists of one pattern, wildcards, `|`, `&` and `!`. */
function meets(value: Manifest, pattern: Manifest): boolean {
  if (Array.isArray(pattern))
    return Array.isArray(value) && value.every((one) => meets(one, pattern[0]));
  if (typeof pattern === 'object') {
    return Object.entries(pattern).every(([key, wanted]) => {
      const maybe = /^=\((.+)\)$/.exec(key)?.[1];
      if (maybe === undefined) return value?.[key] !== undefined && meets(value[key], wanted);
      return value?.[maybe] === undefined || meets(value[maybe], wanted);
    });
  }
  if (typeof pattern !== 'string') return value === pattern;
  if (pattern.includes(' | ')) return pattern.split(' | ').some((one) => meets(value, one));
  return pattern.split(' & ').every((one) => {
    const isNot = one.startsWith('!');
    const glob = one
      .replace(/^!/, '')
      .replace(/[.+^${}()|[\]\\/]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.');
    return new RegExp(`^${glob}$`).test(String(value)) !== isNot;
  });
}
