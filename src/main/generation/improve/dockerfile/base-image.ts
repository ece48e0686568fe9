import type { DockerfileText } from './dockerfile-text.ts';

/** How a user is added in an image: by the tools of Debian or of Alpine; `none` needs no entry. */
export type ImageFamily = 'debian' | 'alpine' | 'distroless' | 'none' | 'unknown';

/** An image as its parts: `ghcr.io/a/b:1@sha256…` is of the repository `ghcr.io/a/b` and the tag `1`. */
export function imageParts(image: string): {
  readonly repository: string;
  readonly tag: string | null;
} {
  const [named = ''] = image.split('@');
  const tag = /:([^:/]+)$/.exec(named)?.[1] ?? null;
  const repository = tag === null ? named : named.slice(0, -tag.length - 1);
  return { repository: repository.replace(/^(?:docker\.io\/)?(?:library\/)?/, ''), tag };
}

const debianBased = new Set([
  ...['debian', 'ubuntu', 'node', 'python', 'golang', 'ruby', 'rust', 'openjdk', 'eclipse-temurin'],
  ...['elixir', 'erlang', 'swift', 'dart', 'gradle', 'maven', 'buildpack-deps', 'perl', 'haskell'],
]);

/** Of which family the image is that the final stage stands on. */
export function familyOf({ chain }: DockerfileText): ImageFamily {
  const base = chain.at(-1)?.base ?? '';
  const { repository, tag } = imageParts(base);
  if (base === 'scratch') return 'none';
  if (repository.startsWith('gcr.io/distroless/')) return 'distroless';
  if (/windows|nanoserver|ubi|oracle|chiseled/.test(`${repository}:${tag ?? ''}`)) return 'unknown';
  if (base.includes('$')) return 'unknown';
  const isKnown = debianBased.has(repository);
  if (repository === 'alpine' || (isKnown && /alpine/.test(tag ?? ''))) return 'alpine';
  return isKnown ? 'debian' : 'unknown';
}
