/**
 * Source in the form that `terraform fmt` prints: two spaces for each bracket that a line leaves
 * open, and the `=` of lines that follow each other in one column. Only for source without heredocs
 * and block comments. Follows hclwrite/format.go of github.com/hashicorp/hcl.
 */
export function formatHcl(source: string): string {
  const lines = indented(source.split('\n').map((line) => line.trim()));
  let chain: number[] = [];
  for (let at = 0; at <= lines.length; at++) {
    if (at < lines.length && assignAt(lines[at] as string) !== null) {
      chain.push(at);
      continue;
    }
    align(lines, chain);
    chain = [];
  }
  return `${lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/([{[(]\n)\n/g, '$1')
    .replace(/\n(\n *[}\])])/g, '$1')
    .trim()}\n`;
}

function align(lines: string[], chain: readonly number[]): void {
  const leads = chain.map((at) => {
    const line = lines[at] as string;
    const assign = assignAt(line) as number;
    return { at, lead: line.slice(0, assign).trimEnd(), rest: line.slice(assign) };
  });
  const width = Math.max(0, ...leads.map(({ lead }) => lead.length));
  for (const { at, lead, rest } of leads) lines[at] = `${lead.padEnd(width)} ${rest}`;
}

/** Where the `=` of an attribute stands whose value ends in its line; null of other lines. */
function assignAt(line: string): number | null {
  let found: number | null = null;
  let net = 0;
  for (const { at, char } of codeOf(line)) {
    if (found === null && char === '=' && !/[=!<>]/.test(line[at - 1] ?? '')) {
      if (/[=>]/.test(line[at + 1] ?? '')) return null;
      if (at > 0) found = at;
    }
    if (found !== null) net += change(char);
  }
  return net === 0 ? found : null;
}

/** Each line that opens more brackets than it closes indents once, whatever their number. */
function indented(lines: readonly string[]): string[] {
  const open: number[] = [];
  return lines.map((line) => {
    let net = 0;
    for (const { char } of codeOf(line)) net += change(char);
    const isClosing = /^[}\])]/.test(line);
    if (net < 0) {
      let closed = -net;
      while (closed > 0 && open.length > 0) {
        const last = open.pop() as number;
        if (last > closed) open.push(last - closed);
        closed -= last;
      }
    }
    const depth = open.length - (isClosing && net >= 0 ? 1 : 0);
    if (net > 0) open.push(net);
    return line === '' ? '' : `${'  '.repeat(Math.max(0, depth))}${line}`;
  });
}

function change(char: string): number {
  return '{[('.includes(char) ? 1 : '}])'.includes(char) ? -1 : 0;
}

/** The characters of a line outside strings and comments. */
function* codeOf(line: string): Generator<{ readonly at: number; readonly char: string }> {
  const start = line.trimStart();
  if (start.startsWith('#') || start.startsWith('//')) return;
  // Quotes nest: a template's interpolation may hold strings. `depths` counts its open braces.
  const depths: number[] = [];
  let inString = false;
  for (let at = 0; at < line.length; at++) {
    const char = line[at] as string;
    if (inString) {
      if (char === '\\') at++;
      else if (char === '"') inString = false;
      else if (/[$%]/.test(char) && line[at + 1] === char && line[at + 2] === '{') at += 2;
      else if (/[$%]/.test(char) && line[at + 1] === '{') {
        depths.push(0);
        inString = false;
        at++;
      }
      continue;
    }
    const depth = depths.at(-1);
    if (char === '"') inString = true;
    else if (depth !== undefined && char === '{') depths[depths.length - 1] = depth + 1;
    else if (depth === 0 && char === '}') {
      depths.pop();
      inString = true;
    } else if (depth !== undefined && char === '}') depths[depths.length - 1] = (depth ?? 0) - 1;
    else if (depth === undefined) {
      if (char === '#') return;
      yield { at, char };
    }
  }
}
