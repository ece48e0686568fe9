import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { resolveWithin } from '#main/core/resolve-within.ts';
import type { Service } from '#shared/scan.ts';
import { readText } from '../../scan/read-text.ts';
import { redact } from '../redact/redact.ts';
import type { Redacted } from '../redact/span.ts';

/** Bytes of a file that is read for a prompt; larger ones are data or made by a tool. */
const maxBytes = 200_000;
/** Longest line that is sent as it is. */
const maxLine = 2_000;
/** Folders of services that are listed, and names that are taken of one. */
const maxFolders = 60;
const maxNames = 500;

/**
 * A project's file without its secrets; null where it is not there, is no plain text file, is larger
 * than 200 KB, or lies outside the project by a link. Rejects with `CANCELLED` alone.
 */
export async function readSource(
  root: string,
  path: string,
  signal: AbortSignal,
): Promise<Redacted | null> {
  const absolute = await resolveWithin(root, path).catch(() => null);
  if (absolute === null) return null;
  const read = await readText(absolute, maxBytes);
  return read.ok && read.text.trim() !== '' ? redact(path, read.text, signal) : null;
}

/**
 * The same for a file that is read for what it tells: of a line that no person wrote, which is data
 * or a bundle, only the length is left.
 */
export async function readShort(
  root: string,
  path: string,
  signal: AbortSignal,
): Promise<Redacted | null> {
  const found = await readSource(root, path, signal);
  if (!found) return null;
  const lines = found.text
    .split('\n')
    .map((line) => (line.length <= maxLine ? line : `[a line of ${line.length} characters]`));
  return { ...found, text: lines.join('\n') };
}

/** The files that lie directly in each folder, by its path. */
export type Listing = ReadonlyMap<string, readonly string[]>;

/** Lists the services' folders, their contexts and `src`; of the first services first, as they are bounded. */
export async function listSources(root: string, services: readonly Service[]): Promise<Listing> {
  const folders = [...new Set(services.flatMap(foldersOf))].slice(0, maxFolders);
  return new Map(
    await Promise.all(folders.map(async (folder) => [folder, await list(root, folder)] as const)),
  );
}

/** What was listed for some of the services, sorted. */
export function sourcesOf(listing: Listing, services: readonly Service[]): readonly string[] {
  const files = services.flatMap(foldersOf).flatMap((folder) => listing.get(folder) ?? []);
  return [...new Set(files)].sort();
}

function foldersOf({ path, context }: Service): readonly string[] {
  return [path, context, path === '.' ? 'src' : `${path}/src`];
}

async function list(root: string, folder: string): Promise<readonly string[]> {
  const within = (name: string): string => (folder === '.' ? name : `${folder}/${name}`);
  // A name that cannot be there shows whether a link leads out on the way to it.
  const safe = await resolveWithin(root, within('omega-any-file')).catch(() => null);
  if (safe === null) return [];
  const entries: readonly Dirent[] = await readdir(join(root, folder), {
    withFileTypes: true,
  }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map(({ name }) => within(name))
    .sort()
    .slice(0, maxNames);
}
