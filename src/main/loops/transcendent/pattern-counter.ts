import { type Trait, type TraitedProject, type TraitGroup, traitGroups } from './trait.ts';

/** Where a pattern was seen in a project: the first place by path and line. */
export type PatternPlace = Pick<Trait, 'path' | 'line'> & { readonly root: string };

/** Traits that several projects share. */
export type Pattern = {
  /** Names it over all runs. */
  readonly key: string;
  /** More than one where they only ever come together, with the language. */
  readonly traits: readonly {
    readonly group: TraitGroup;
    readonly value: string;
    /** One for each project that has it. */
    readonly places: readonly PatternPlace[];
  }[];
  /** Projects that have it, and of how many. */
  readonly support: number;
  readonly of: number;
  /** The projects without it. */
  readonly without: readonly string[];
  /**
   * The language in which it is most common, by its share, of those that enough projects have to tell;
   * null where none has. `lift` is how much more common it is there than in all projects.
   */
  readonly language: string | null;
  readonly lift: number;
  /** Languages of the projects that have it. */
  readonly languages: number;
};

/** Habits of those who write the files: they are no part of a language, however they fall. */
const habits: ReadonlySet<TraitGroup> = new Set(['finding', 'edit', 'rejection']);

/** Fewest projects that make a pattern: three, or more than half of fewer; one is never a pattern. */
export function leastSupport(projects: number): number {
  return Math.max(2, Math.min(3, Math.floor(projects / 2) + 1));
}

/**
 * Counts which traits projects share. A trait that exactly the projects of one language have tells no
 * more than the language: such traits make one pattern together. How much more common the others are
 * in a language than over all is their lift (the ratio of both frequencies, as of association rules:
 * Brin et al., "Dynamic Itemset Counting", 1997). The order of projects and traits makes no difference.
 */
export class PatternCounter {
  readonly #projects: ProjectHead[] = [];
  readonly #holders = new Map<string, Held>();

  /** Counts the traits of one more project, each once; one at a time, since they may be thousands. */
  add({ root, languages, traits }: TraitedProject): void {
    this.#projects.push({ root, languages });
    for (const { group, value, path, line } of traits) {
      const key = JSON.stringify([group, value]);
      const held = this.#holders.get(key) ?? { group, value, places: new Map() };
      this.#holders.set(key, held);
      const place = { root, path, line };
      const known = held.places.get(root);
      if (!known || isBefore(place, known)) held.places.set(root, place);
    }
  }

  /** What enough of the projects share, most widely shared first. */
  patterns(): readonly Pattern[] {
    const projects = this.#projects;
    const least = leastSupport(projects.length);
    const shared = [...this.#holders.values()].filter(({ places }) => places.size >= least);
    const byLanguage = projectsByLanguage(projects);
    const ofLanguage = Map.groupBy(shared, (held) => languageOf(held, byLanguage, projects.length));
    const patterns = [...ofLanguage].flatMap(([language, held]) =>
      language === null
        ? held.map((one) => patternOf([one], projects, byLanguage))
        : [patternOf(held, projects, byLanguage)],
    );
    return patterns.toSorted((a, b) => b.support - a.support || (a.key < b.key ? -1 : 1));
  }
}

type ProjectHead = Pick<TraitedProject, 'root' | 'languages'>;

function projectsByLanguage(
  projects: readonly ProjectHead[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const roots = new Map<string, Set<string>>();
  for (const { root, languages } of projects) {
    for (const language of languages) {
      roots.set(language, (roots.get(language) ?? new Set()).add(root));
    }
  }
  return roots;
}

type Held = {
  readonly group: TraitGroup;
  readonly value: string;
  readonly places: Map<string, PatternPlace>;
};

function isBefore(one: PatternPlace, other: PatternPlace): boolean {
  return one.path === other.path ? one.line < other.line : one.path < other.path;
}

/** The language that a trait comes with: exactly its projects have it, and there are others. */
function languageOf(
  { group, places }: Held,
  byLanguage: ReadonlyMap<string, ReadonlySet<string>>,
  of: number,
): string | null {
  if (habits.has(group) || places.size === of) return null;
  const same = [...byLanguage].filter(
    ([, roots]) => roots.size === places.size && [...roots].every((root) => places.has(root)),
  );
  return same.map(([language]) => language).toSorted()[0] ?? null;
}

function patternOf(
  held: readonly Held[],
  projects: readonly ProjectHead[],
  byLanguage: ReadonlyMap<string, ReadonlySet<string>>,
): Pattern {
  const traits = held
    .map(({ group, value, places }) => ({ group, value, places: sorted([...places.values()]) }))
    .toSorted(
      (a, b) =>
        traitGroups.indexOf(a.group) - traitGroups.indexOf(b.group) || (a.value < b.value ? -1 : 1),
    );
  const roots = new Set(held[0]?.places.keys());
  const rates = [...byLanguage].map(([language, own]) => ({
    language,
    own: own.size,
    among: [...own].filter((root) => roots.has(root)).length,
    rate: [...own].filter((root) => roots.has(root)).length / own.size,
  }));
  // A language of one or two projects has a share of half or all, whatever it is.
  const least = leastSupport(projects.length);
  const told = rates.filter(({ own }) => own >= least);
  const [most] = told.toSorted(
    (a, b) => b.rate - a.rate || b.among - a.among || (a.language < b.language ? -1 : 1),
  );
  const [first] = traits;
  return {
    key: JSON.stringify([first?.group, first?.value]),
    traits,
    support: roots.size,
    of: projects.length,
    without: projects
      .map(({ root }) => root)
      .filter((root) => !roots.has(root))
      .toSorted(),
    language: most?.language ?? null,
    lift: most ? most.rate / (roots.size / projects.length) : 1,
    languages: rates.filter(({ among }) => among > 0).length,
  };
}

function sorted(places: readonly PatternPlace[]): readonly PatternPlace[] {
  return places.toSorted((a, b) => (a.root < b.root ? -1 : 1));
}
