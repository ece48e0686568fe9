import { imageParts } from '../dockerfile/base-image.ts';
import { versionFor } from '../dockerfile/pin-base.ts';

/** What a service of the project is written in, and the version that the project pins; null for none. */
export type PinnedRuntime = { readonly language: string; readonly version: string | null };

/**
 * An image that names no version, with the one that the project pins for its language. Null where it
 * names one, is no image of a language, or services disagree.
 */
export function pinnedImage(image: string, runtimes: readonly PinnedRuntime[]): string | null {
  if (/[$@\s]/.test(image)) return null;
  const { repository, tag } = imageParts(image);
  if (tag !== null && tag !== 'latest') return null;
  const versions = new Set(
    runtimes.flatMap((one) => versionFor(repository, one) ?? (isOf(repository, one) ? [''] : [])),
  );
  const [version] = versions;
  if (versions.size !== 1 || !version) return null;
  return `${tag === null ? image : image.slice(0, -tag.length - 1)}:${version}`;
}

/** Whether a service runs in this image and does not say in which version. */
function isOf(repository: string, { language }: PinnedRuntime): boolean {
  return versionFor(repository, { language, version: '1' }) !== null;
}
