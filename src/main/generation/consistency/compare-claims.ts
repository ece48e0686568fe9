import type { Finding } from '#shared/artifact.ts';
import { ruleUrl } from '#shared/rules.ts';
import type { Claim, ClaimAbout } from './claim.ts';
import type { ConsistencyRule } from './rules.ts';

/** A finding of a file. */
export type PlacedFinding = { readonly path: string; readonly finding: Finding };

/** What was found, and out of how many comparisons. */
export type Comparison = {
  readonly compared: number;
  readonly findings: readonly PlacedFinding[];
};

type Said = { readonly path: string; readonly claims: readonly Claim[] };

/**
 * Compares what several files say of the same service: one image; at least one port in common; the
 * same variables. The first file that speaks is the measure, the later one carries the finding.
 */
export function compareClaims(claims: readonly Claim[]): Comparison {
  const subjects = Map.groupBy(claims, ({ service, about }) => `${about}\n${service}`);
  let compared = 0;
  const findings: PlacedFinding[] = [];
  for (const [key, held] of subjects) {
    const about = key.split('\n')[0] as ClaimAbout;
    const byFile = Map.groupBy(held, ({ path }) => path);
    const [first, ...others] = [...byFile].map(([path, own]): Said => ({ path, claims: own }));
    if (!first) continue;
    for (const other of others) {
      compared += 1;
      const found = rules[about](first, other);
      if (found) findings.push({ path: other.path, finding: found });
    }
  }
  return { compared, findings };
}

const valuesOf = ({ claims }: Said): ReadonlySet<string> =>
  new Set(claims.map(({ value }) => value));
/** What is said to be given; a collector is of the cluster, so Compose says nothing of it. */
const given = ({ claims }: Said): ReadonlySet<string> =>
  new Set(
    claims
      .filter(({ optional, value }) => !optional && !value.startsWith('OTEL_'))
      .map(({ value }) => value),
  );
const without = (some: ReadonlySet<string>, others: ReadonlySet<string>): readonly string[] =>
  [...some].filter((one) => !others.has(one));
const say = (values: Iterable<string>): string => [...values].slice(0, 6).join(', ');

const rules: Readonly<Record<ClaimAbout, (first: Said, other: Said) => Finding | null>> = {
  port(first, other) {
    const [ours, theirs] = [valuesOf(first), valuesOf(other)];
    if (without(theirs, ours).length < theirs.size) return null;
    return finding(
      'omega/port-differs',
      'error',
      other,
      `${name(other)} listens on ${say(theirs)} here, and on ${say(ours)} in ${first.path}. Set the one that the program opens.`,
    );
  },
  image(first, other) {
    const [ours, theirs] = [valuesOf(first), valuesOf(other)];
    if (without(theirs, ours).length === 0) return null;
    return finding(
      'omega/image-differs',
      'warning',
      other,
      `The image of ${name(other)} is ${say(theirs)} here, and ${say(ours)} in ${first.path}. Use one name and tag.`,
    );
  },
  variable(first, other) {
    const missing = without(given(first), valuesOf(other));
    const added = without(given(other), valuesOf(first));
    if (missing.length + added.length === 0) return null;
    const parts = [
      ...(missing.length > 0 ? [`${say(missing)} only in ${first.path}`] : []),
      ...(added.length > 0 ? [`${say(added)} only here`] : []),
    ];
    return finding(
      'omega/variables-differ',
      'warning',
      other,
      `${name(other)} has other variables than in ${first.path}: ${parts.join('; ')}.`,
    );
  },
};

function name({ claims }: Said): string {
  return `"${claims[0]?.service ?? ''}"`;
}

function finding(
  rule: ConsistencyRule,
  severity: Finding['severity'],
  { claims }: Said,
  message: string,
): Finding {
  return { rule, severity, line: claims[0]?.line ?? 1, message, url: ruleUrl(rule) };
}
