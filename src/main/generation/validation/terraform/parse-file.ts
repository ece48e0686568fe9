import type { TextFile } from '../validator.ts';
import { type HclFile, parseHcl } from './hcl/parse-hcl.ts';

/** A file and what it holds. */
export type ParsedFile = {
  readonly path: string;
  readonly hcl: HclFile;
  /** Whether its blocks are merged into those of the other files, rather than added. */
  readonly isOverride: boolean;
};

/** Texts that are kept parsed, at most, in UTF-16 code units: those of one project and some more. */
const maxKept = 4_000_000;

// Each file of a module is judged with all others as its siblings: parse each text once.
const kept = new Map<string, HclFile>();
let length = 0;

/** Parses a file, or takes what was parsed of the same text before. */
export function parseFile({ path, content }: TextFile): ParsedFile {
  // With its path: rules tell declarations apart by being the same object.
  const key = `${path}\n${content}`;
  let hcl = kept.get(key);
  if (hcl === undefined) {
    hcl = parseHcl(content);
    length += content.length;
    if (length > maxKept) {
      kept.clear();
      length = content.length;
    }
    kept.set(key, hcl);
  }
  return { path, hcl, isOverride: /(?:^|[/_])override\.tf$/.test(path) };
}
