import type { Service } from '#shared/scan.ts';

/** A version for an image tag, and the comment that says where it comes from. */
export interface ImageVersion {
  readonly tag: string;
  readonly note: string;
}

/**
 * The project's pin, cut to `parts` numbers, or `fallback` where it pins none.
 * `fallback` is the long-term or current stable release of November 2026. Tags of Docker's official
 * images are those that github.com/docker-library/official-images lists; those of Deno, Bun, Crystal,
 * uv, Zola and Flutter were seen in public Dockerfiles of that summer.
 */
export function imageVersion(
  service: Service,
  runtime: string,
  fallback: string,
  parts = 3,
): ImageVersion {
  const numbers = /^v?(\d{1,6}(?:\.\d{1,6}){0,3})/.exec(service.runtimeVersion ?? '')?.[1];
  return numbers
    ? {
        tag: numbers.split('.').slice(0, parts).join('.'),
        note: `${runtime} as the project pins it.`,
      }
    : {
        tag: fallback,
        note: `The project pins no ${runtime} version: ${fallback} is the supported release of November 2026.`,
      };
}

/** Pads a version with zeros up to `parts` numbers, for images that have no shorter tags. */
export function padded(version: string, parts: number): string {
  const numbers = version.split('.');
  while (numbers.length < parts) numbers.push('0');
  return numbers.join('.');
}
