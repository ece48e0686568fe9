/** What traits are about, in the order in which a report tells of them. */
export const traitGroups = [
  'language',
  'framework',
  'runtime',
  'package-manager',
  'image',
  'port',
  'backing',
  'variable',
  'health',
  'finding',
  'edit',
  'rejection',
] as const;
/** One of {@link traitGroups}. */
export type TraitGroup = (typeof traitGroups)[number];

/** Something that a project has, where it was seen; `path` is relative to its root, `line` 1-based. */
export type Trait = {
  readonly group: TraitGroup;
  /** The same text for the same trait, in whichever project. */
  readonly value: string;
  readonly path: string;
  readonly line: number;
};

/** A project as patterns are counted over it. */
export type TraitedProject = {
  readonly root: string;
  /** Of its services. */
  readonly languages: readonly string[];
  readonly traits: readonly Trait[];
};
