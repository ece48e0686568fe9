/**
 * The line at which each name is first seen, in one pass: `pattern` is global and its first group is
 * the name. Asking for many names costs no more than asking for one.
 */
export function firstLines(text: string, pattern: RegExp): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  let line = 1;
  let next = text.indexOf('\n');
  for (const match of text.matchAll(pattern)) {
    for (; next !== -1 && next < match.index; next = text.indexOf('\n', next + 1)) line += 1;
    const name = match[1];
    if (name !== undefined && !found.has(name)) {
      // The match may begin with line breaks before the name itself.
      const lead = match[0].slice(0, match[0].indexOf(name));
      found.set(name, line + (lead.match(/\n/g)?.length ?? 0));
    }
  }
  return found;
}
