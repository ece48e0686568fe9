/**
 * What `terraform fmt` would change in a file, as `LINE: what`. It knows the rules that our own files
 * meet, those of hclwrite's formatter: two spaces a level, `=` in one column within lines that follow
 * each other, trailing comments too, one space around `=`, none at a line's end. Not those within
 * an expression.
 */
export function terraformFormatFaults(text: string): readonly string[] {
  const faults: string[] = [];
  const lines = text.split('\n').map(reader());
  const levels: number[] = [];
  let chain: Line[] = [];
  const closeChain = (): void => {
    const column = Math.max(...chain.map(({ name }) => name.length)) + 1;
    for (const { number, name, gap } of chain) {
      if (name.length + gap !== column)
        faults.push(`${number}: "=" belongs ${column} after the indent`);
    }
    chain = [];
  };
  for (const line of lines) {
    if (line.isHeredoc) continue;
    if (line.isComment) {
      if (chain.length > 0) closeChain();
      continue;
    }
    const { number, raw, code, net } = line;
    if (/[ \t\r]$/.test(raw)) faults.push(`${number}: space at the end of the line`);
    // As hclwrite's formatIndent has it: a line that opens more than it closes stands where it
    // begins, any other where it leads; brackets that were opened together are one level.
    const before = levels.length;
    let closed = -net;
    if (net > 0) levels.push(net);
    while (closed > 0 && levels.length > 0) {
      const last = levels.pop() ?? 0;
      if (last > closed) levels.push(last - closed);
      closed -= last;
    }
    const indent = 2 * (net > 0 ? before : levels.length);
    const found = raw.length - raw.trimStart().length;
    if (raw.trim() !== '' && found !== indent) {
      faults.push(`${number}: indented by ${found}, not ${indent}`);
    }
    const assigned = /^(\s*)("[^"]*"|[\w.()-]+)( *)= ?/.exec(code);
    if (assigned && net === 0 && !/^\s*[\w"-]+ *==/.test(code)) {
      chain.push({ ...line, name: assigned[2] ?? '', gap: (assigned[3] ?? '').length });
      if (!/=(?: (?! )|$)/.test(code)) faults.push(`${number}: one space after "="`);
    } else if (chain.length > 0) closeChain();
    if (assigned && net > 0 && assigned[3] !== ' ') faults.push(`${number}: one space before "="`);
  }
  if (chain.length > 0) closeChain();
  if (text !== '' && !text.endsWith('\n')) faults.push(`${lines.length}: no new line at the end`);
  return faults;
}

type Line = {
  readonly number: number;
  readonly raw: string;
  /** The line without its comment, with its texts blanked out. */
  readonly code: string;
  /** Brackets opened less those closed. */
  readonly net: number;
  /** Within a heredoc, or a comment: not ours to place. */
  readonly isHeredoc: boolean;
  readonly isComment: boolean;
  readonly name: string;
  readonly gap: number;
};

function reader(): (raw: string, index: number) => Line {
  let mark: string | null = null;
  let inComment = false;
  return (raw, index) => {
    const wasComment = inComment;
    if (!inComment && /^\s*\/\*/.test(raw)) inComment = true;
    if (inComment && raw.includes('*/')) inComment = false;
    const isHeredoc = mark !== null;
    const isComment = !isHeredoc && (wasComment || /^\s*(?:\/\*|#|\/\/)/.test(raw));
    if (mark !== null && raw.trim() === mark) mark = null;
    const code = raw
      .replace(
        /"(?:\\.|\$\{(?:[^{}"]|"[^"]*")*\}|[^"\\])*"/g,
        (quoted) => `"${'x'.repeat(quoted.length - 2)}"`,
      )
      .replace(/(?:#|\/\/).*$/, '');
    if (!isHeredoc && mark === null) mark = /<<-?(\w+)\s*$/.exec(code)?.[1] ?? null;
    const count = (pattern: RegExp): number => code.match(pattern)?.length ?? 0;
    return {
      number: index + 1,
      raw,
      code,
      net: count(/[([{]/g) - count(/[)\]}]/g),
      isHeredoc,
      isComment,
      name: '',
      gap: 0,
    };
  };
}
