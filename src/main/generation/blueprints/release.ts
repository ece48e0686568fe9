import type { Service } from '#shared/scan.ts';
import { containerArgv, parseCommand } from './dockerfile/command-line.ts';

/**
 * The release command of a service as its image runs it, or null where it has none: the environment
 * of a Python manager is on the PATH there, and a release of Elixir lies in `/app`.
 */
export function releaseArgv(service: Service): readonly string[] | null {
  if (service.release === undefined || service.release.trim() === '') return null;
  const command = service.release
    .trim()
    .replace(/^(?:poetry|pdm|uv|pipenv|hatch|rye) run\s+(?=\w)/, '')
    .replace(/^(?:\.\/|(?:\.\.\/){1,4})?_build\/prod\/rel\/[^/\s]+\//, '/app/');
  return containerArgv(parseCommand(command));
}
