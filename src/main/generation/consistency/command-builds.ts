import { posix } from 'node:path';
import { unknownPart } from './image-name.ts';
import type { Command, PipelineBuild } from './pipeline.ts';
import { folderAfter, optionsOf } from './shell-commands.ts';

/** Options of `docker build` that stand alone. */
const flags =
  /^--(?:push|load|pull|no-cache|quiet|rm|force-rm|squash|provenance|sbom|check|debug)$|^-[qD]$/;

/** The image that a command builds, with Docker, Kaniko, Buildah or BuildKit's own client. */
export function buildsOf(command: Command): readonly PipelineBuild[] {
  const { words, folder, at } = command;
  const known = (text: string | undefined): string | null =>
    text === undefined || text.includes(unknownPart) ? null : folderAfter(folder, text);
  if (isDockerBuild(words)) {
    const context = known(contextOf(words));
    const [file] = optionsOf(words, '-f', '--file');
    const dockerfile =
      file === undefined
        ? context === null
          ? null
          : posix.join(context, 'Dockerfile')
        : known(file);
    return [{ image: optionsOf(words, '-t', '--tag')[0] ?? null, dockerfile, context, at }];
  }
  if (words[0]?.endsWith('/executor') && optionsOf(words, '--destination').length > 0) {
    const context = known(optionsOf(words, '--context', '-c')[0]?.replace(/^dir:\/\//, ''));
    const [file = 'Dockerfile'] = optionsOf(words, '--dockerfile', '-f');
    const dockerfile = context === null ? null : posix.join(context, file);
    // Kaniko takes the Dockerfile from the context, or from where it was started.
    return [
      {
        image: optionsOf(words, '--destination')[0] ?? null,
        dockerfile: file.includes('/') ? known(file) : dockerfile,
        context,
        at,
      },
    ];
  }
  if (/^buildctl(?:-daemonless\.sh)?$/.test(posix.basename(words[0] ?? ''))) {
    const locals = named(optionsOf(words, '--local'));
    const [filename = 'Dockerfile'] = named(optionsOf(words, '--opt')).get('filename') ?? [];
    const inside = known(locals.get('dockerfile')?.[0]);
    const [output = ''] = optionsOf(words, '--output', '-o');
    const name = named(output.split(',')).get('name')?.[0];
    return [
      {
        image: name ?? null,
        dockerfile: inside === null ? null : posix.join(inside, filename),
        context: known(locals.get('context')?.[0]),
        at,
      },
    ];
  }
  return [];
}

function isDockerBuild([first, second, third]: readonly string[]): boolean {
  if (first !== 'docker' && first !== 'podman' && first !== 'buildah') return false;
  return second === 'build' || (second === 'buildx' && third === 'build') || second === 'bud';
}

/** The word that is no option and no option's value; the last one, as people write it. */
function contextOf(words: readonly string[]): string | undefined {
  const last = words.at(-1);
  const before = words.at(-2) ?? '';
  if (last === undefined || last.startsWith('-') || last.includes(unknownPart)) return undefined;
  const isValue = before.startsWith('-') && !before.includes('=') && !flags.test(before);
  return isValue ? undefined : last;
}

/** `name=value` texts by their names. */
function named(texts: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const pairs = texts.map((text) => {
    const at = text.indexOf('=');
    return [text.slice(0, Math.max(0, at)), text.slice(at + 1).replace(/^"|"$/g, '')] as const;
  });
  return new Map(pairs.map(([name, value]) => [name, [value]]));
}
