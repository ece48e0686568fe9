import ignore, { type Ignore } from 'ignore';

type Layer = { readonly base: string; readonly rules: Ignore };

/** What ignores a path: the line of the ignore file in folder `base`. */
export type IgnoredBy = { readonly base: string; readonly pattern: string };

/** Bytes of an ignore file that are read; git itself has no limit, a hostile file should have one. */
export const maxIgnoreFileBytes = 256 * 1024;

/**
 * The `.gitignore` rules that hold in one folder: its own and those of the folders above it, as git
 * reads them (https://git-scm.com/docs/gitignore): the nearest file that speaks of a path decides.
 */
export class IgnoreRules {
  readonly #layers: readonly Layer[];

  private constructor(layers: readonly Layer[]) {
    this.#layers = layers;
  }

  /** No rules at all. */
  static readonly none = new IgnoreRules([]);

  /** These rules and those of an ignore file in folder `base` (relative to the root, `''` for the root). */
  with(base: string, text: string): IgnoreRules {
    const rules = ignore({ allowRelativePaths: true }).add(text);
    return new IgnoreRules([...this.#layers, { base, rules }]);
  }

  /** Tells whether a path below the root is ignored. A folder's rules end with a slash, so say what it is. */
  ignores(path: string, isFolder: boolean): boolean {
    return this.ruleFor(path, isFolder) !== null;
  }

  /** The rule by which a path is ignored, and the folder of its file; null where it is not. */
  ruleFor(path: string, isFolder: boolean): IgnoredBy | null {
    for (const { base, rules } of this.#layers.toReversed()) {
      const relative = base === '' ? path : path.slice(base.length + 1);
      const verdict = rules.test(isFolder ? `${relative}/` : relative);
      if (verdict.ignored) return { base, pattern: verdict.rule?.pattern ?? '' };
      if (verdict.unignored) return null;
    }
    return null;
  }
}
