import type { Service } from '#shared/scan.ts';
import { bindEverywhere, parsedStart } from './start.ts';

/** Programs that run sources; the final image holds the built binary instead. */
const runners = new Set([
  'go',
  'cargo',
  'dart',
  'swift',
  'zig',
  'crystal',
  'shards',
  'stack',
  'cabal',
  'make',
  'cmake',
  'sh',
  'bash',
]);

/** The last part of a path, reduced to what a program's name may hold, or null. */
export function programName(path: string | null | undefined): string | null {
  const name =
    path
      ?.split('/')
      .at(-1)
      ?.replace(/[^\w.+-]/g, '') ?? '';
  return /^\w/.test(name) ? name : null;
}

/** The words of the start command, or none where it needs a shell or is unknown. */
export function startWords(service: Service): readonly string[] {
  const start = parsedStart(service);
  return start?.type === 'argv' ? start.argv : [];
}

/**
 * Arguments that the start command gives to the binary: what follows its name, or what follows
 * `--` where a tool such as `cargo run` starts it.
 */
export function binaryArguments(service: Service): readonly string[] {
  const words = startWords(service);
  if (!runners.has(words[0] ?? '')) return bindEverywhere(words.slice(1));
  const cut = words.indexOf('--');
  return cut < 0 ? [] : bindEverywhere(words.slice(cut + 1));
}

/** The binary's name by the start command, or null where a tool starts it. */
export function startedBinary(service: Service): string | null {
  const [program = ''] = startWords(service);
  return runners.has(program) ? null : programName(program);
}
