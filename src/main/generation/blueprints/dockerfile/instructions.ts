/**
 * Renders Dockerfile instructions. Everything that may come from a scan goes through here, so that
 * no name, path or command can end its instruction and start another.
 */

/** A cache that BuildKit keeps between builds; `id` defaults to the target. */
export interface CacheMount {
  readonly target: string;
  readonly id?: string;
  readonly sharing?: 'locked';
}

const control = /\p{Cc}+/gu;
const safeWord = /^[\w@.+/:=,-]+$/;

/** One comment line for each line of ours; control characters of foreign text become spaces. */
export function comment(...lines: readonly string[]): string {
  return lines.map((line) => `# ${line.replace(control, ' ')}`.trimEnd()).join('\n');
}

/** `FROM image [AS stage]`. Both are ours or reduced to what a tag allows beforehand. */
export function from(image: string, stage?: string): string {
  return stage ? `FROM ${image} AS ${stage}` : `FROM ${image}`;
}

/** A word that Docker expands (WORKDIR, ENV, LABEL): quoted, with quotes, `\` and `$` escaped. */
function quoted(text: string): string {
  const clean = text.replace(control, ' ');
  return safeWord.test(clean) ? clean : `"${clean.replace(/["\\$]/g, '\\$&')}"`;
}

/** `WORKDIR path`. */
export function workdir(path: string): string {
  return `WORKDIR ${quoted(path)}`;
}

/** One `ENV` instruction for all pairs. */
export function env(pairs: Readonly<Record<string, string | number>>): string {
  const words = Object.entries(pairs).map(([name, value]) => `${name}=${quoted(String(value))}`);
  return `ENV ${words.join(' \\\n    ')}`;
}

/** One `LABEL` instruction for all pairs. */
export function label(pairs: Readonly<Record<string, string>>): string {
  const words = Object.entries(pairs).map(([name, value]) => {
    const text = quoted(value);
    return `${name}=${text.startsWith('"') ? text : `"${text}"`}`;
  });
  return `LABEL ${words.join(' \\\n      ')}`;
}

/**
 * `COPY`. Sources are patterns when `pattern` is set and literal paths otherwise. Paths beyond
 * plain characters take the JSON form, escaped once for Docker's expansion and once for its globs.
 */
export function copy(options: {
  readonly from?: string;
  readonly chown?: string;
  readonly sources: readonly string[];
  readonly to: string;
  readonly pattern?: boolean;
}): string {
  const flags = [
    ...(options.from ? [`--from=${options.from}`] : []),
    ...(options.chown ? [`--chown=${options.chown}`] : []),
  ];
  const words = [...options.sources, options.to];
  const plain = words.every((word) => (options.pattern ? /^[\w@.+/*-]+$/ : safeWord).test(word));
  if (plain) return ['COPY', ...flags, ...words].join(' ');
  const expand = (text: string) => text.replace(/["'\\$]/g, '\\$&');
  const literal = (text: string) => expand(text.replace(/[*?[\\]/g, '\\$&'));
  const paths = [
    ...options.sources.map(options.pattern ? expand : literal),
    expand(options.to),
  ].map(jsonWord);
  return ['COPY', ...flags, `[${paths.join(', ')}]`].join(' ');
}

/** Whether a command can stand in a shell-form RUN as it is; see {@link run}. */
function isPlain(command: string): boolean {
  return (
    /^[\w./@$("'~]/.test(command) &&
    !/\p{Cc}/u.test(command) &&
    !command.includes('<<') &&
    !command.trimEnd().endsWith('\\')
  );
}

/**
 * `RUN` with cache mounts; several commands are joined by `&&`. A command that Docker would read
 * differently from a shell (newlines, here-documents, leading flags or `#`) takes the JSON form.
 */
export function run(
  commands: string | readonly string[],
  mounts: readonly CacheMount[] = [],
): string {
  const list = typeof commands === 'string' ? [commands] : commands;
  const flags = mounts.map(({ target, id, sharing }) =>
    [
      '--mount=type=cache',
      ...(id ? [`id=${id}`] : []),
      `target=${target}`,
      ...(sharing ? [`sharing=${sharing}`] : []),
    ].join(','),
  );
  const body = list.every(isPlain)
    ? list.join(' \\\n && ')
    : exec(['/bin/sh', '-c', list.join(' && ')]);
  return `RUN ${[...flags, body].join(' \\\n    ')}`;
}

/** The JSON array form of a command line. */
export function exec(argv: readonly string[]): string {
  return `[${argv.map(jsonWord).join(', ')}]`;
}

/** A JSON string; `<<` is escaped, since parsers look for here-documents in quotes too. */
function jsonWord(text: string): string {
  return JSON.stringify(text).replaceAll('<<', '\\u003c\\u003c');
}

/** `CMD` in exec form. */
export function cmd(argv: readonly string[]): string {
  return `CMD ${exec(argv)}`;
}

/** `USER uid:gid`, numeric so that Kubernetes can check `runAsNonRoot`. */
export function user(uid: number, gid = uid): string {
  return `USER ${uid}:${gid}`;
}

/** `EXPOSE` for all ports. */
export function expose(ports: readonly number[]): string {
  return `EXPOSE ${ports.join(' ')}`;
}

/** `HEALTHCHECK` in exec form. */
export function healthcheck(argv: readonly string[], startPeriodSeconds = 20): string {
  return `HEALTHCHECK --interval=30s --timeout=5s --start-period=${startPeriodSeconds}s --retries=3 \\\n  CMD ${exec(argv)}`;
}
