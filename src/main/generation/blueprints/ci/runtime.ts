import type { Service } from '#shared/scan.ts';
import { imageVersion } from '../dockerfile/version.ts';

/** What runs a service's tests: the family of tools, and the version that its Dockerfile has too. */
export type Runtime = {
  readonly family:
    | 'node'
    | 'bun'
    | 'deno'
    | 'python'
    | 'go'
    | 'rust'
    | 'java'
    | 'dotnet'
    | 'ruby'
    | 'php'
    | 'elixir';
  readonly version: string;
};

const families: Readonly<
  Record<string, readonly [Runtime['family'], name: string, fallback: string, parts: number]>
> = {
  javascript: ['node', 'Node.js', '26', 3],
  typescript: ['node', 'Node.js', '26', 3],
  python: ['python', 'Python', '3.14', 2],
  go: ['go', 'Go', '1.26', 3],
  rust: ['rust', 'Rust', '1.98', 3],
  java: ['java', 'Java', '25', 1],
  kotlin: ['java', 'Java', '25', 1],
  scala: ['java', 'Java', '25', 1],
  csharp: ['dotnet', '.NET', '10.0', 2],
  fsharp: ['dotnet', '.NET', '10.0', 2],
  ruby: ['ruby', 'Ruby', '4.0', 3],
  php: ['php', 'PHP', '8.5', 2],
  elixir: ['elixir', 'Elixir', '1.19', 2],
};

/** The runtime of a service's tests; null for languages whose tools a pipeline is not set up with here. */
export function runtimeOf(service: Service): Runtime | null {
  const manager = service.packageManager?.toLowerCase() ?? '';
  if (manager === 'deno') return { family: 'deno', version: 'v2.x' };
  if (manager === 'bun') return { family: 'bun', version: 'latest' };
  const known = Object.hasOwn(families, service.language) ? families[service.language] : undefined;
  if (!known) return null;
  const [family, name, fallback, parts] = known;
  const { tag } = imageVersion(service, name, fallback, parts);
  // `net48` and its like are no runtimes of Linux.
  return { family, version: family === 'dotnet' && !tag.includes('.') ? `${tag}.0` : tag };
}
