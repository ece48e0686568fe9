import { sha256 } from '#main/core/hash.ts';
import type { Hunk } from '#main/generation/memory/hunk.ts';
import type { EditLesson, Read } from '#main/generation/memory/lesson.ts';
import type { AcceptedPlace } from '#main/generation/memory/policy.ts';

/** Services, and projects, in which a change has to be accepted before it is a policy. */
export const leastServices = 3;
export const leastProjects = 2;
/** Unchanged lines beside a change that a policy looks for: fewer fit more files. */
const mostContext = 3;

/** A lesson, and where it was accepted. */
export type Evidence = {
  readonly read: Read<EditLesson>;
  readonly places: readonly AcceptedPlace[];
};

/** Changes that were accepted in the same places, often enough for a policy. */
export type Repeated = {
  readonly kind: EditLesson['kind'];
  /** The role of the file; see `likeness`. */
  readonly file: string;
  readonly blueprint: string;
  readonly hunks: readonly Hunk[];
  /** One for each change, the same for the same change. */
  readonly changes: readonly string[];
  readonly places: readonly AcceptedPlace[];
};

type Found = {
  readonly change: string;
  /** By the lines around it: the same change, as it stands in different files. */
  readonly forms: Map<
    string,
    { readonly hunk: Hunk; readonly read: Read<EditLesson>; places: number }
  >;
  readonly places: Map<string, AcceptedPlace>;
};

/**
 * The changes that were accepted in at least {@link leastServices} services of {@link leastProjects}
 * projects; those that always came together are one. A change that speaks of one service is none, nor
 * is one that is known.
 */
export function repeatedChanges(
  evidence: readonly Evidence[],
  isKnown: (change: string) => boolean,
): readonly Repeated[] {
  const byChange = new Map<string, Found>();
  for (const { read, places } of evidence) {
    for (const hunk of read.lesson.hunks) note(byChange, read, hunk, places);
  }
  const repeated = [...byChange.values()].filter(
    ({ change, places }) => !isKnown(change) && isOften([...places.values()]),
  );
  const together = Map.groupBy(repeated, (found) => {
    const { kind, like } = mostSeen(found).read.lesson;
    return JSON.stringify([kind, like.file, [...found.places.keys()].sort()]);
  });
  return [...together.values()].map((all) => {
    const forms = all
      .map((found) => ({ ...mostSeen(found), change: found.change }))
      .sort((one, other) => one.hunk.at - other.hunk.at);
    const { kind, like, blueprint } = (forms[0] as (typeof forms)[number]).read.lesson;
    return {
      ...{ kind, file: like.file ?? '', blueprint },
      hunks: forms.map(({ hunk }) => hunk),
      changes: forms.map(({ change }) => change),
      places: [...(all[0] as Found).places.values()],
    };
  });
}

/** How many services and projects places are in. */
export function spread(places: readonly AcceptedPlace[]) {
  return {
    services: new Set(places.map(serviceOf)).size,
    projects: new Set(places.map(({ root }) => root)).size,
  };
}

function isOften(places: readonly AcceptedPlace[]): boolean {
  const { services, projects } = spread(places);
  return services >= leastServices && projects >= leastProjects;
}

/** A file of the whole project counts as one of a service that has no name. */
function serviceOf({ root, service }: AcceptedPlace): string {
  return `${root}\0${service ?? ''}`;
}

function note(
  byChange: Map<string, Found>,
  read: Read<EditLesson>,
  hunk: Hunk,
  places: readonly AcceptedPlace[],
): void {
  const near = nearest(hunk);
  if (hunk.needs.length > 0 || !near) return;
  const { kind, like } = read.lesson;
  const lines = near.lines.map(({ op, text, like: or }) => [op, or ?? text]);
  const change = hashOf([kind, like.file, lines.filter(([op]) => op !== ' ')]);
  const found = byChange.get(change) ?? { change, forms: new Map(), places: new Map() };
  byChange.set(change, found);
  const form = found.forms.get(hashOf(lines)) ?? { hunk: near, read, places: 0 };
  form.places += places.length;
  found.forms.set(hashOf(lines), form);
  for (const place of places) found.places.set(serviceOf(place), place);
}

/** The form that was accepted in most places; of equals the first. */
function mostSeen({ forms }: Found) {
  return [...forms.values()].reduce((best, one) => (one.places > best.places ? one : best));
}

/** A change with as few lines around it as tell its place; null where nothing does. */
function nearest({ at, lines, needs }: Hunk): Hunk | null {
  const first = lines.findIndex(({ op }) => op !== ' ');
  const last = lines.findLastIndex(({ op }) => op !== ' ');
  if (first < 0) return null;
  const from = first - reach(lines.slice(0, first).toReversed());
  const upTo = last + 1 + reach(lines.slice(last + 1));
  const kept = lines.slice(from, upTo);
  const tells = kept.some(({ op, text }) => op !== '+' && /\w/.test(text));
  return tells ? { at: at + from, lines: kept, needs } : null;
}

/** Lines up to the first with words in it. */
function reach(lines: readonly Hunk['lines'][number][]): number {
  const near = lines.slice(0, mostContext);
  const telling = near.findIndex(({ text }) => /\w/.test(text));
  return telling < 0 ? near.length : telling + 1;
}

function hashOf(value: unknown): string {
  return sha256(JSON.stringify(value)).slice(0, 24);
}
