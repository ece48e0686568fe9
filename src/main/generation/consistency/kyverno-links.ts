import { posix } from 'node:path';
import { podTemplateOf } from '../validation/kubernetes/resource.ts';
import { list, type Mapping, mapping } from '../validation/plain.ts';
import type { YamlPath } from '../validation/yaml/line-of-path.ts';
import { type ComparedFile, type Place, placeText } from './claim.ts';
import { type Comparison, finding, type PlacedFinding } from './compare-claims.ts';
import { withoutTag } from './image-name.ts';
import { type PlacedResource, resourcesOf } from './kubernetes-objects.ts';
import { matchPattern, type PatternVerdict } from './kyverno-pattern.ts';

/** A rule that asks something of objects of some kinds, wherever and whatever they are. */
type PolicyRule = {
  readonly name: string;
  readonly kinds: ReadonlySet<string>;
  /** Empty where it is asked in all namespaces. */
  readonly namespace: string;
  /** Whether Kyverno asks it of what makes pods, too. */
  readonly isOfControllers: boolean;
  readonly patterns: readonly unknown[];
  readonly at: Place;
};

/** What decides whether a rule is asked of an object here. */
export type PolicyScope = {
  /** Folders whose objects a kustomization changes before they are applied. */
  readonly built: ReadonlySet<string>;
  /** Images that are replaced by others before they are applied, without tags. */
  readonly replaced: ReadonlySet<string>;
};

/** Objects times rules that are looked at. */
const maxAsked = 50_000;

/**
 * Whether the manifests pass the policies that are to be applied with them. Only rules that ask by a
 * pattern, of all objects of a kind, are decided; what a kustomization still changes is passed over.
 */
export function kyvernoLinks(
  policies: readonly ComparedFile[],
  resources: readonly PlacedResource[],
  { built, replaced }: PolicyScope,
): Comparison {
  const objects = policies.flatMap(resourcesOf);
  // An exception may be meant for any of them.
  if (objects.some(({ resource }) => resource.kind === 'PolicyException')) return none;
  const rules = objects.flatMap(rulesOf);
  const byKind = new Map<string, PolicyRule[]>();
  for (const rule of rules) {
    for (const kind of rule.kinds) byKind.set(kind, [...(byKind.get(kind) ?? []), rule]);
  }
  const findings: PlacedFinding[] = [];
  let compared = 0;
  for (const placed of resources) {
    if (!placed.chart && isWithin(posix.dirname(placed.path), built)) continue;
    for (const { rule, object, base } of askedOf(placed, byKind)) {
      if (compared >= maxAsked) break;
      const verdict = anyOf(rule.patterns.map((pattern) => matchPattern(pattern, object)));
      if (verdict.type === 'unknown' || verdict.type === 'skipped') continue;
      compared += 1;
      if (verdict.type !== 'broken' || isReplaced(verdict, replaced)) continue;
      findings.push(told(placed, rule, verdict, base));
    }
  }
  return { compared, findings };
}

const none: Comparison = { compared: 0, findings: [] };

function told(
  { resource, path, lineOf }: PlacedResource,
  rule: PolicyRule,
  { path: at, held, wanted }: PatternVerdict & { readonly type: 'broken' },
  base: YamlPath,
): PlacedFinding {
  const where = at.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
  const is = held === undefined ? 'is missing' : `is ${JSON.stringify(held)?.slice(0, 200)}`;
  const message = `The policy rule "${rule.name}" in ${placeText(rule.at)} refuses or reports this ${resource.kind}: ${where.slice(1)} ${is}, and the rule asks for ${wanted}. Change the manifest, or let the rule allow it.`;
  const place = { path, line: lineOf([...base, ...at]) };
  return finding('omega/policy-refuses', 'warning', place, message);
}

/** Of several patterns one has to hold. */
function anyOf(verdicts: readonly PatternVerdict[]): PatternVerdict {
  return (
    verdicts.find(({ type }) => type === 'holds' || type === 'skipped') ??
    verdicts.find(({ type }) => type === 'unknown') ??
    verdicts[0] ?? { type: 'unknown' }
  );
}

function isReplaced(
  { path, held }: PatternVerdict & { readonly type: 'broken' },
  replaced: ReadonlySet<string>,
): boolean {
  return path.at(-1) === 'image' && typeof held === 'string' && replaced.has(withoutTag(held));
}

function isWithin(folder: string, folders: ReadonlySet<string>): boolean {
  for (let at = folder; ; at = posix.dirname(at)) {
    if (folders.has(at)) return true;
    if (at === '.' || at === '/') return false;
  }
}

function* askedOf(
  { resource }: PlacedResource,
  byKind: ReadonlyMap<string, readonly PolicyRule[]>,
): Iterable<{ readonly rule: PolicyRule; readonly object: Mapping; readonly base: YamlPath }> {
  const isThere = ({ namespace }: PolicyRule) =>
    namespace === '' || resource.namespace === '' || resource.namespace === namespace;
  for (const rule of byKind.get(resource.kind) ?? []) {
    if (isThere(rule)) yield { rule, object: resource.value, base: [] };
  }
  const pod = resource.kind === 'Pod' ? null : podTemplateOf(resource);
  if (!pod) return;
  const object: Mapping = { metadata: pod.metadata, spec: pod.spec };
  for (const rule of byKind.get('Pod') ?? []) {
    if (rule.isOfControllers && isThere(rule)) yield { rule, object, base: pod.path };
  }
}

function rulesOf({ resource, path, lineOf }: PlacedResource): readonly PolicyRule[] {
  if (!/^(?:Cluster)?Policy$/.test(resource.kind)) return [];
  const metadata = mapping(resource.value.metadata);
  const controllers = mapping(metadata.annotations)['pod-policies.kyverno.io/autogen-controllers'];
  return list(mapping(resource.value.spec).rules).flatMap((value, index): PolicyRule[] => {
    const rule = mapping(value);
    const validate = mapping(rule.validate);
    const kinds = kindsOf(mapping(rule.match));
    const patterns =
      validate.pattern === undefined ? list(validate.anyPattern) : [validate.pattern];
    const isSimple = ['preconditions', 'context', 'exclude', 'celPreconditions'].every(
      (key) => rule[key] === undefined,
    );
    if (!isSimple || kinds === null || patterns.length === 0) return [];
    return [
      {
        name: String(rule.name),
        kinds: new Set(kinds),
        namespace: resource.kind === 'Policy' ? resource.namespace : '',
        isOfControllers: controllers === undefined,
        patterns,
        at: { path, line: lineOf(['spec', 'rules', index]) },
      },
    ];
  });
}

/** The kinds that a rule is asked of; null where it is asked of some of them only. */
function kindsOf(match: Mapping): readonly string[] | null {
  const keys = Object.keys(match);
  const [key = ''] = keys;
  const filters = key === 'resources' ? [match] : list(match[key]).map(mapping);
  if (keys.length !== 1 || (key === 'all' && filters.length !== 1)) return null;
  const kinds = filters.flatMap((filter) => {
    const resources = mapping(filter.resources);
    const isPlain =
      Object.keys(filter).every((one) => one === 'resources') &&
      Object.keys(resources).every((one) => one === 'kinds' || one === 'operations');
    return isPlain
      ? list(resources.kinds).map((kind) => String(kind).split('/').at(-1) ?? '')
      : [null];
  });
  return kinds.includes(null) ? null : kinds.filter((kind) => kind !== null);
}
