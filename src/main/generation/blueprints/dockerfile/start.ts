import type { Service } from '#shared/scan.ts';
import { noStart } from '../../scan/no-start.ts';
import { type CommandLine, containerArgv, parseCommand } from './command-line.ts';
import { cmd, comment } from './instructions.ts';

const hostFlags = new Set([
  '--host',
  '--hostname',
  '-b',
  '--bind',
  '-H',
  '--server.address',
  '--ip',
  '--address',
]);

/** Replaces a loopback address after a bind flag: inside a container nobody could reach it. */
export function bindEverywhere(argv: readonly string[]): readonly string[] {
  return argv.map((word, at) => {
    const [flag = '', ...rest] = word.split('=');
    if (rest.length > 0 && hostFlags.has(flag)) return `${flag}=${opened(rest.join('='))}`;
    return hostFlags.has(argv[at - 1] ?? '') ? opened(word) : word;
  });
}

function opened(address: string): string {
  return address.replace(/^(?:localhost|127\.0\.0\.1|\[::1\])(?=$|:)/, '0.0.0.0');
}

/**
 * `CMD` for a start command. `adapt` may change the words of a plain command; a script that needs
 * a shell runs through `/bin/sh` as it is. Without a command the container says what is missing.
 */
export function startCommand(
  start: string | null,
  adapt: (argv: readonly string[]) => readonly string[] = (argv) => argv,
): readonly string[] {
  if (start === null || start.trim() === '') {
    return [
      comment('The scan could not tell how this service starts: put its command here.'),
      cmd(['/bin/sh', '-c', noStart]),
    ];
  }
  const line = parseCommand(start);
  return [cmd(line.type === 'argv' ? bindEverywhere(adapt(line.argv)) : containerArgv(line))];
}

/** The start command as a parsed line, or null where the scan knows none. */
export function parsedStart(service: Service): CommandLine | null {
  return service.start === null || service.start.trim() === '' ? null : parseCommand(service.start);
}
