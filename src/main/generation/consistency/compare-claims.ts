import { posix } from 'node:path';
import type { Finding } from '#shared/artifact.ts';
import { ruleUrl } from '#shared/rules.ts';
import { closest } from '../validation/suggest.ts';
import { type Claim, type ClaimAbout, type Place, placeText } from './claim.ts';
import { isSameImage } from './image-name.ts';
import { isOfPlatform } from './platform-variables.ts';
import type { ConsistencyRule } from './rules.ts';

/** A finding of a file. */
export type PlacedFinding = { readonly path: string; readonly finding: Finding };

/** What was found, and out of how many comparisons. */
export type Comparison = {
  readonly compared: number;
  readonly findings: readonly PlacedFinding[];
};

type Said = readonly [Claim, ...Claim[]];

/**
 * Compares what several files say of the same service: one image; at least one port in common; the
 * same variables; one Dockerfile and context. The first file that speaks is the measure, the later
 * one carries the finding.
 */
export function compareClaims(claims: readonly Claim[]): Comparison {
  const subjects = Map.groupBy(
    claims,
    ({ service, about, told }) => `${about}\n${service}\n${told === undefined}`,
  );
  let compared = 0;
  const findings: PlacedFinding[] = [];
  for (const held of subjects.values()) {
    const about = held[0]?.about;
    const [first, ...others] = [
      ...Map.groupBy(held, ({ file }) => file).values(),
    ] as unknown as Said[];
    if (!first || about === undefined) continue;
    const measure = measures[about]?.([first, ...others]) ?? first;
    for (const other of [first, ...others]) {
      if (other === measure || areVariants(measure, other)) continue;
      compared += 1;
      const found = rules[about](measure, other);
      if (found) findings.push(found);
    }
  }
  return { compared, findings };
}

/** Compose files beside each other are for several purposes, and lie over each other. */
function areVariants([{ file: one }]: Said, [{ file: other }]: Said): boolean {
  return isCompose(one) && isCompose(other);
}

const isCompose = (path: string): boolean => /(?:^|\/)(?:docker-)?compose[^/]*\.ya?ml$/.test(path);

const valuesOf = (said: Said): ReadonlySet<string> => new Set(said.map(({ value }) => value));
/** What is said to be given; a collector is of the cluster, so Compose says nothing of it. */
const given = (said: Said): ReadonlySet<string> =>
  new Set(
    said
      .filter(({ optional, value }) => !optional && !isOfPlatform(value))
      .map(({ value }) => value),
  );
const without = (some: ReadonlySet<string>, others: ReadonlySet<string>): readonly string[] =>
  [...some].filter((one) => !others.has(one));
const say = (values: Iterable<string>): string => [...values].slice(0, 6).join(', ');

/** Whether a file tells the program the very port that it then publishes. */
const tellsWell = (said: Said): boolean => {
  const told = said[0].told;
  return told !== undefined && valuesOf(said).has(told);
};

/** Which file is the measure, where that is not the first. */
const measures: Readonly<Partial<Record<ClaimAbout, (all: readonly Said[]) => Said | undefined>>> =
  {
    port: (all) => all.find(tellsWell),
    // A file that leaves things out cannot tell what another has too much.
    variable: (all) => all.find((said) => !said[0].partial),
  };

const rules: Readonly<Record<ClaimAbout, (first: Said, other: Said) => PlacedFinding | null>> = {
  port(first, other) {
    const [ours, theirs] = [valuesOf(first), valuesOf(other)];
    const { told } = other[0];
    if (told !== undefined) {
      // Without another file that does so, the variable may mean something else.
      if (!tellsWell(first) || theirs.has(told)) return null;
      const message = `${name(other)} is told to listen on ${told} by PORT, and ${say(theirs)} is what reaches it here; in ${placeText(first[0].at)} both are ${say(ours)}. Set one port in both places.`;
      return finding('omega/port-differs', 'error', other[0].at, message);
    }
    if (without(theirs, ours).length < theirs.size) return null;
    const message = `${name(other)} listens on ${say(theirs)} here, and on ${say(ours)} in ${placeText(first[0].at)}. Set the one that the program opens.`;
    return finding('omega/port-differs', 'error', other[0].at, message);
  },
  image(first, other) {
    const strange = other.find(({ value }) => !first.some((one) => isSameImage(one.value, value)));
    if (!strange) return null;
    const message = `The image of ${name(other)} is ${shown(strange.value)} here, and ${say([...valuesOf(first)].map(shown))} in ${placeText(first[0].at)}. Use one name and tag.`;
    return finding('omega/image-differs', 'warning', strange.at, message);
  },
  variable(first, other) {
    const absent = without(given(first), valuesOf(other));
    const missing = other[0].partial ? [] : absent;
    const more = first[0].partial ? [] : without(given(other), valuesOf(first));
    const added = other[0].adds ? more.filter((one) => isRenamed(one, more, absent)) : more;
    if (missing.length + added.length === 0) return null;
    const lacking = first.find(({ value }) => value === missing[0]) ?? first[0];
    const parts = [
      ...(missing.length > 0 ? [`${say(missing)} only in ${placeText(lacking.at)}`] : []),
      ...(added.length > 0 ? [`${say(added)} only here`] : []),
    ];
    const message = `${name(other)} has other variables than in ${lacking.at.path}: ${parts.join('; ')}. Give both the same, or leave it where the difference is meant.`;
    const at = other.find(({ value }) => value === added[0]) ?? other[0];
    return finding('omega/variables-differ', 'warning', at.at, message);
  },
  build(first, other) {
    const strange = other.find(({ value }) => first.every((one) => isElsewhere(one.value, value)));
    if (!strange) return null;
    const message = `${name(other)} is built from ${buildText(strange.value)} here, and from ${say([...valuesOf(first)].map(buildText))} in ${placeText(first[0].at)}. Build both from the same place.`;
    return finding('omega/build-differs', 'warning', strange.at, message);
  },
};

const shown = (image: string): string => image.replace(/:\*$/, '');
const buildText = (value: string): string => value.replace('\n', ' in the context ');

/** Whether a variable stands for one that the other file has and this one has not. */
function isRenamed(name: string, more: readonly string[], absent: readonly string[]): boolean {
  return (more.length === 1 && absent.length === 1) || closest(name, absent) !== null;
}

/**
 * Whether two builds contradict each other: one Dockerfile with two contexts, or the same name in
 * another folder. Several Dockerfiles for one service, such as one for development, are meant.
 */
function isElsewhere(one: string, other: string): boolean {
  const [ours = '', theirs = ''] = [one.split('\n')[0], other.split('\n')[0]];
  return one !== other && (ours === theirs || posix.basename(ours) === posix.basename(theirs));
}

function name([{ service }]: Said): string {
  return `"${service}"`;
}

/** A finding of how files agree, at its place. */
export function finding(
  rule: ConsistencyRule,
  severity: Finding['severity'],
  { path, line }: Place,
  message: string,
): PlacedFinding {
  return { path, finding: { rule, severity, line, message, url: ruleUrl(rule) } };
}
