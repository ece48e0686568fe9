import type { Artifact } from '#shared/artifact.ts';
import type { ScanResult, Service } from '#shared/scan.ts';
import { dataFolders } from '../data-folders.ts';
import { freePath } from '../free-path.ts';
import { dockerfilePath, namesOf } from '../names.ts';
import { shellQuote } from './command-line.ts';
import { ignoreFile } from './ignore.ts';
import { comment, copy, label, run } from './instructions.ts';
import { join, layoutOf } from './layout.ts';
import type { Stack } from './stack.ts';
import { stackOf } from './stacks.ts';

/**
 * A service's Dockerfile and the ignore file that belongs to it: `.dockerignore` where the service
 * is its own build context, `<Dockerfile>.dockerignore` (BuildKit's rule) otherwise, and where
 * `keepsIgnore` says that the author's stays.
 * @throws OmegaError `INVALID_INPUT` for a language without a blueprint or a path Docker cannot use.
 */
export function dockerfileArtifacts(
  project: ScanResult,
  service: Service,
  keepsIgnore = false,
): readonly Artifact[] {
  const layout = layoutOf(service);
  const stack = stackOf(service);
  const path = dockerfilePath(project, service);
  const tag = namesOf(project, service).image;
  const blocks = [
    '# syntax=docker/dockerfile:1',
    '',
    comment(
      `Build from the project's root: docker build -f ${shellQuote(path)} -t ${tag} ${shellQuote(service.context)}`,
    ),
    '',
    ...withDataFolders(stack.dockerfile(service, layout), service, stack),
    label({ 'org.opencontainers.image.title': service.name }),
  ];
  return [
    { kind: 'dockerfile', path, content: `${spaced(blocks)}\n` },
    {
      kind: 'dockerfile',
      path: ignorePath(project, service, path, keepsIgnore),
      content: ignoreFile(service, ignored(service, stack)),
    },
  ];
}

/** Makes the folders of data before the user changes: a volume takes the owner that it finds in the image. */
function withDataFolders(
  blocks: readonly string[],
  service: Service,
  stack: Stack,
): readonly string[] {
  const folders = dataFolders(service).map(({ path }) => path);
  const at = blocks.findLastIndex((block) => block.startsWith('USER '));
  if (folders.length === 0 || at === -1) return blocks;
  const { uid, gid } = stack.image(service);
  const final = blocks.findLast((block) => block.startsWith('FROM ')) ?? '';
  const made = final.includes('distroless')
    ? // There is no shell; Debian's /srv, in the stage that builds, is empty.
      folders.map((to) =>
        copy({ from: 'build', chown: `${uid}:${gid}`, sources: ['/srv/'], to: `${to}/` }),
      )
    : [run(`install -d -o ${uid} -g ${gid} ${folders.map(shellQuote).join(' ')}`)];
  const note = comment('Data that outlives the container: give it a volume.');
  return [...blocks.slice(0, at), note, ...made, ...blocks.slice(at)];
}

/** What the stack's build makes again, and what the builds of its front ends do. */
function ignored(service: Service, stack: Stack): readonly string[] {
  const own = stack.ignore(service);
  const modules = '**/node_modules';
  return service.assets === undefined || own.includes(modules) ? own : [...own, modules];
}

/** Puts an empty line before each stage and its comment, and the label before the last command. */
function spaced(blocks: readonly string[]): string {
  return blocks
    .map((block, at) => {
      const opens = block.startsWith('FROM ') && !blocks[at - 1]?.startsWith('#');
      const heads = block.startsWith('#') && blocks[at + 1]?.startsWith('FROM ');
      return opens || heads ? `\n${block}` : block;
    })
    .join('\n')
    .replace(/\n{3,}/g, '\n\n');
}

/** Where the ignore file of a Dockerfile lies; one of an author's in the usual place stays theirs. */
export function ignorePath(
  project: ScanResult,
  service: Service,
  path: string,
  isTaken = false,
): string {
  const isDefault = path === join(service.context, 'Dockerfile').replace(/^\.\//, '');
  const own = `${path}.dockerignore`;
  return isDefault && !isTaken
    ? freePath(project, path.replace(/Dockerfile$/, '.dockerignore'), own)
    : own;
}
