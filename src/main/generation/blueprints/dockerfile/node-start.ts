import type { Service } from '#shared/scan.ts';
import { usesFramework } from './stack.ts';
import { startCommand } from './start.ts';

/** Production start of frameworks whose command is always the same. */
function frameworkStart(service: Service): string | null {
  if (usesFramework(service, 'next')) return 'next start';
  if (usesFramework(service, 'nuxt', 'nitro')) return 'node .output/server/index.mjs';
  if (usesFramework(service, 'astro')) return 'node dist/server/entry.mjs';
  if (usesFramework(service, 'sveltekit')) return 'node build';
  return null;
}

/** `CMD` of a Node service: its start command, without the package managers that the image lacks. */
export function nodeStart(service: Service, port: number | null): readonly string[] {
  return startCommand(service.start ?? frameworkStart(service), (argv) =>
    withHost(withoutManager(argv, service), port),
  );
}

/** `pnpm start`, `yarn serve` → npm, which every Node image has; `npx next` → `next`. */
function withoutManager(argv: readonly string[], service: Service): readonly string[] {
  const [program = '', verb = '', ...rest] = argv;
  if ((program === 'npx' || program === 'bunx') && verb !== '' && !verb.startsWith('-')) {
    return [verb, ...rest];
  }
  if ((program === 'pnpm' || program === 'yarn') && verb === 'exec' && rest.length > 0) return rest;
  if (program !== 'pnpm' && program !== 'yarn') return argv;
  if (service.packageManager?.toLowerCase().startsWith('bun') || verb.startsWith('-')) return argv;
  const [script = '', ...args] = verb === 'run' ? rest : [verb, ...rest];
  if (script === 'node') return ['node', ...args];
  const tail = args.length > 0 ? ['--', ...args] : [];
  return script === '' || script === 'start'
    ? ['npm', 'start', ...tail]
    : ['npm', 'run', script, ...tail];
}

/** Servers that listen on localhost unless told otherwise. */
function withHost(argv: readonly string[], port: number | null): readonly string[] {
  const [program = '', verb = ''] = argv;
  const localByDefault =
    (program === 'vite' && verb === 'preview') || (program === 'astro' && verb === 'preview');
  if (!localByDefault || argv.some((word) => word.startsWith('--host'))) return argv;
  const portFlag =
    port === null || argv.some((word) => word.startsWith('--port')) ? [] : ['--port', String(port)];
  return [...argv, '--host', '0.0.0.0', ...portFlag];
}
