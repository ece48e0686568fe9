/** Matches workspace patterns against folders: `packages/*`, `apps/**`, `{a,b}/*`, `!packages/old`. */
export type FolderFilter = (folder: string) => boolean;

const maxPatterns = 500;

/**
 * Compiles workspace patterns; a later `!pattern` takes away what an earlier one gave. `*` stands for
 * anything within one folder name, `**` for any number of folders.
 */
export function folderFilter(patterns: readonly string[]): FolderFilter {
  const rules = patterns.slice(0, maxPatterns).flatMap((pattern) => {
    const negated = pattern.startsWith('!');
    const plain = (negated ? pattern.slice(1) : pattern).replace(/^(?:\.\/)+|\/+$/g, '');
    return braces(plain.slice(0, 300)).map((option) => ({ negated, segments: option.split('/') }));
  });
  return (folder) => {
    const path = folder.split('/');
    let included = false;
    for (const { negated, segments } of rules) {
      if (included !== negated) continue;
      if (matches(segments, path)) included = !negated;
    }
    return included;
  };
}

function braces(pattern: string): readonly string[] {
  const group = /\{([^{}]*)\}/.exec(pattern);
  if (!group) return [pattern];
  const options = (group[1] as string).split(',').slice(0, 50);
  // One group is enough for every workspace seen so far; more would multiply.
  return options.map((option) => pattern.replace(group[0], option));
}

/** Walks both lists once for each `**`: no pattern makes it exponential. */
function matches(pattern: readonly string[], path: readonly string[]): boolean {
  let star = -1;
  let mark = 0;
  let p = 0;
  let f = 0;
  while (f < path.length) {
    if (pattern[p] === '**') {
      star = p++;
      mark = f;
    } else if (p < pattern.length && matchesName(pattern[p] as string, path[f] as string)) {
      p += 1;
      f += 1;
    } else if (star !== -1) {
      p = star + 1;
      f = ++mark;
    } else return false;
  }
  while (pattern[p] === '**') p += 1;
  return p === pattern.length;
}

function matchesName(pattern: string, name: string): boolean {
  const parts = pattern.split('*');
  const [first = ''] = parts;
  if (parts.length === 1) return pattern === name;
  const last = parts.at(-1) as string;
  if (!name.startsWith(first) || name.length < first.length + last.length) return false;
  if (!name.endsWith(last)) return false;
  let from = first.length;
  const end = name.length - last.length;
  for (const part of parts.slice(1, -1)) {
    const found = name.indexOf(part, from);
    if (found === -1 || found + part.length > end) return false;
    from = found + part.length;
  }
  return true;
}
