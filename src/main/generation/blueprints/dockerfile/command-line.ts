/** Words that a shell runs itself, or that open a compound command: `exec` cannot stand before them. */
const notExecutable =
  /^(?:cd|exec|export|set|unset|source|eval|trap|ulimit|umask|exit|if|for|while|until|case|[.:!({])$/;

/** What a command line is: words to execute directly, or text that only a shell can read. */
export type CommandLine =
  | { readonly type: 'argv'; readonly argv: readonly string[] }
  | { readonly type: 'shell'; readonly script: string };

/**
 * Reads a command as POSIX `sh` would, as far as that needs no shell: words, quotes, escapes.
 * Variables, globs, operators, leading assignments and unbalanced quotes make it `shell`.
 */
export function parseCommand(command: string): CommandLine {
  const argv = splitWords(command.trim());
  const first = argv?.[0];
  if (!argv || first === undefined || /^\w+=/.test(first) || notExecutable.test(first)) {
    return { type: 'shell', script: withExec(command.trim()) };
  }
  return { type: 'argv', argv };
}

/** The argv that a container runs; a script goes through `/bin/sh -c`. */
export function containerArgv(line: CommandLine): readonly string[] {
  return line.type === 'argv' ? line.argv : ['/bin/sh', '-c', line.script];
}

/** One word for `sh`, whatever it holds. */
export function shellQuote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** Words of a command without shell features, or null where a shell is needed. */
function splitWords(text: string): readonly string[] | null {
  const words: string[] = [];
  let word: string | null = null;
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (quote === "'") {
      if (char === "'") quote = '';
      else word += char;
    } else if (char === '\\') {
      const next = text.charAt(++at);
      if (next === '' || next === '\n') return null;
      word = (word ?? '') + (quote && !/["\\$`]/.test(next) ? `\\${next}` : next);
    } else if (quote === '"') {
      if (char === '"') quote = '';
      else if (char === '$' || char === '`') return null;
      else word += char;
    } else if (char === "'" || char === '"') {
      quote = char;
      word ??= '';
    } else if (char === ' ' || char === '\t') {
      if (word !== null) words.push(word);
      word = null;
    } else if (/[;&|<>()$`*?[\]{}\n\r]/.test(char) || (word === null && /[~#]/.test(char))) {
      return null;
    } else {
      word = (word ?? '') + char;
    }
  }
  if (quote) return null;
  if (word !== null) words.push(word);
  return words;
}

/**
 * Puts `exec` before the last command of `a && b`, so that it gets the signals that stop the
 * container. Scripts with other operators stay as they are.
 */
function withExec(script: string): string {
  const cut = script.lastIndexOf('&&');
  const head = cut < 0 ? '' : `${script.slice(0, cut)}&& `;
  const last = (cut < 0 ? script : script.slice(cut + 2)).trim();
  if (/[;|\n\r'"`()#]|(?<!&)&(?!&)/.test(head) || /[;|&\n\r`(]|<</.test(last)) return script;
  if (notExecutable.test(last.split(/\s/, 1)[0] ?? '')) return script;
  return /^\w+=/.test(last) ? `${head}exec env ${last}` : `${head}exec ${last}`;
}
