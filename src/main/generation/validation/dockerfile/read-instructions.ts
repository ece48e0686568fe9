/** One flag of an instruction, such as `--from=build`; `value` is empty for a bare flag. */
export type Flag = { readonly name: string; readonly value: string };

/** One instruction with continuations joined, comments dropped and here-documents set aside. */
export type Instruction = {
  /** In capitals. */
  readonly keyword: string;
  /** 1-based line on which it starts. */
  readonly line: number;
  /** 1-based line on which it ends, its here-documents included. */
  readonly endLine: number;
  readonly flags: readonly Flag[];
  /** What follows the keyword and its flags, on one line. */
  readonly args: string;
  /** Bodies of the here-documents, without their markers. */
  readonly heredocs: readonly string[];
  /** The marker of a here-document that the file never closes, or null. */
  readonly openHeredoc: string | null;
};

/** Docker's own images have at most 127 layers; a file beyond this is no Dockerfile. */
export const maxInstructions = 2_000;

const heredocStart = /(?:^|\s)\d*<<(-?)(["']?)([A-Za-z_][\w.-]*)\2(?=[\s;|&>)]|$)/g;

/** Splits a Dockerfile as BuildKit does; reads at most {@link maxInstructions} and one more. */
export function readInstructions(content: string): readonly Instruction[] {
  const lines = content.replace(/^\uFEFF/, '').split(/\r?\n/);
  const continuation = escapeCharacter(lines);
  const found: Instruction[] = [];
  let at = 0;
  while (at < lines.length && found.length <= maxInstructions) {
    const first = (lines[at] ?? '').trim();
    if (first === '' || first.startsWith('#')) {
      at += 1;
      continue;
    }
    const line = at + 1;
    const parts: string[] = [];
    for (let open = true; open && at < lines.length; at++) {
      const text = (lines[at] ?? '').trimEnd();
      const trimmed = text.trimStart();
      if (parts.length > 0 && (trimmed === '' || trimmed.startsWith('#'))) continue;
      open = text.endsWith(continuation);
      parts.push(open ? text.slice(0, -1) : text);
    }
    const text = parts.join('').trim();
    const keyword = (/^\S+/.exec(text)?.[0] ?? '').toUpperCase();
    const { flags, args } = splitFlags(text.slice(keyword.length).trim());
    const heredocs: string[] = [];
    let openHeredoc: string | null = null;
    if (keyword === 'RUN' || keyword === 'COPY' || keyword === 'ADD') {
      for (const [, dash, , marker] of args.matchAll(heredocStart)) {
        const body: string[] = [];
        openHeredoc = marker ?? '';
        for (; at < lines.length && openHeredoc !== null; at++) {
          const text = lines[at] ?? '';
          if ((dash ? text.replace(/^\t+/, '') : text) === marker) openHeredoc = null;
          else body.push(text);
        }
        heredocs.push(body.join('\n'));
        if (openHeredoc !== null) break;
      }
    }
    found.push({ keyword, line, endLine: at, flags, args, heredocs, openHeredoc });
  }
  return found;
}

/** The file's line-continuation character, which a `# escape=` directive at its top may change. */
function escapeCharacter(lines: readonly string[]): string {
  for (const line of lines) {
    const directive = /^\s*#\s*([A-Za-z]+)\s*=\s*(\S+)/.exec(line);
    if (!directive) return '\\';
    if (directive[1]?.toLowerCase() === 'escape') return directive[2] === '`' ? '`' : '\\';
  }
  return '\\';
}

function splitFlags(text: string): { readonly flags: readonly Flag[]; readonly args: string } {
  const flags: Flag[] = [];
  let rest = text;
  for (;;) {
    const flag = /^--([a-z][\w-]*)(?:=(\S*))?(?:\s+|$)/.exec(rest);
    if (!flag) return { flags, args: rest };
    flags.push({ name: flag[1] ?? '', value: (flag[2] ?? '').replace(/^["']|["']$/g, '') });
    rest = rest.slice(flag[0].length);
  }
}

/** The strings of an exec-form argument (`["a", "b"]`), or null where it is shell form. */
export function execForm(args: string): readonly string[] | null {
  if (!args.startsWith('[')) return null;
  try {
    const value: unknown = JSON.parse(args);
    return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : null;
  } catch {
    return null;
  }
}

/** The first value of a flag, or null where the instruction lacks it. */
export function flagValue(instruction: Instruction, name: string): string | null {
  return instruction.flags.find((flag) => flag.name === name)?.value ?? null;
}

/** All that a RUN executes: its arguments and its here-documents. */
export function scriptOf(instruction: Instruction): string {
  return [instruction.args, ...instruction.heredocs].join('\n');
}

/** The arguments as words, quotes kept together and removed; exec form gives its strings. */
export function words(args: string): readonly string[] {
  const exec = execForm(args);
  if (exec) return exec;
  const found = args.match(/(?:[^\s"']|"(?:[^"\\]|\\.)*"|'[^']*'|["'])+/g) ?? [];
  return found.map((word) => word.replace(/"((?:[^"\\]|\\.)*)"|'([^']*)'/g, '$1$2'));
}
