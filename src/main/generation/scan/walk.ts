import { access, constants, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { throwIfCancelled } from '#main/core/abort.ts';
import { systemCode } from '#main/core/file-error.ts';
import { OmegaError } from '#shared/error.ts';
import type { Ignored, IgnoredKind } from '#shared/scan.ts';
import { addedEntries, type FolderEntry, folderEntries } from './folder-entries.ts';
import { isGeneratedFolder } from './generated-folders.ts';
import { IgnoreRules, maxIgnoreFileBytes } from './ignore-rules.ts';
import { readText } from './read-text.ts';

/** Bounds of a walk; past them the rest is listed as ignored. */
export type WalkLimits = {
  readonly files: number;
  readonly depth: number;
  readonly ignored: number;
};

const defaultLimits: WalkLimits = { files: 200_000, depth: 40, ignored: 2_000 };

/** What a walk found: `files` are relative to `root`, with forward slashes, sorted. */
export type WalkResult = {
  readonly root: string;
  readonly files: readonly string[];
  readonly ignored: readonly Ignored[];
};

/** What a walk takes: cancellation, a count of files found so far, other limits. */
export type WalkOptions = {
  readonly signal: AbortSignal;
  readonly onProgress?: (files: number) => void;
  readonly limits?: Partial<WalkLimits>;
  /** Paths of files that count as there, wherever they may lie. */
  readonly added?: Iterable<string>;
};

type Ignoring = (
  path: string,
  kind: IgnoredKind,
  reason: string,
  problem?: { readonly problem: true },
) => void;

const problem = { problem: true } as const;

type Folder = { readonly path: string; readonly rules: IgnoreRules; readonly depth: number };

/**
 * Lists the files of a project: everything that git would not ignore and no tool has made. Links
 * are not followed, so that no loop is walked and nothing outside the root is read.
 * Rejects with NOT_FOUND, NOT_READABLE, INVALID_INPUT (not a folder) or CANCELLED.
 */
export async function walk(root: string, options: WalkOptions): Promise<WalkResult> {
  const limits = { ...defaultLimits, ...options.limits };
  const top = await openRoot(root);
  const added = addedEntries(options.added ?? []);
  const files: string[] = [];
  const ignored: Ignored[] = [];
  let unlisted = 0;
  const ignoring: Ignoring = (path, kind, reason, problem) => {
    if (ignored.length < limits.ignored) ignored.push({ path, kind, reason, ...problem });
    else unlisted += 1;
  };
  let layer: readonly Folder[] = [{ path: '', rules: IgnoreRules.none, depth: 0 }];
  while (layer.length > 0) {
    const next: Folder[] = [];
    // Sixteen folders at once keep the disk busy and the memory flat.
    for (let start = 0; start < layer.length; start += 16) {
      throwIfCancelled(options.signal);
      const slice = layer.slice(start, start + 16);
      const listed = slice.map((folder) => list(top, folder, added.get(folder.path), ignoring));
      for (const found of await Promise.all(listed)) {
        for (const path of found.files) {
          if (files.length < limits.files) files.push(path);
          else ignoring(path, 'limit', `beyond the limit of ${limits.files} files`);
        }
        for (const folder of found.folders) {
          if (folder.depth <= limits.depth) next.push(folder);
          else ignoring(folder.path, 'limit', `deeper than ${limits.depth} folders`);
        }
      }
      options.onProgress?.(files.length);
    }
    layer = files.length < limits.files ? next : [];
  }
  if (unlisted > 0) {
    ignored.push({ path: '.', kind: 'limit', reason: `${unlisted} more entries were ignored` });
  }
  return { root: top, files: files.sort(), ignored };
}

async function openRoot(root: string): Promise<string> {
  try {
    const real = await realpath(root);
    if (!(await stat(real)).isDirectory()) {
      throw new OmegaError(
        'INVALID_INPUT',
        `${root} is not a folder. Choose the folder that holds it.`,
      );
    }
    await access(real, constants.R_OK | constants.X_OK);
    return real;
  } catch (error) {
    if (error instanceof OmegaError) throw error;
    const code = (error as NodeJS.ErrnoException).code;
    throw code === 'ENOENT' || code === 'ENOTDIR'
      ? new OmegaError('NOT_FOUND', `There is no folder ${root}. Check the path.`, { cause: error })
      : new OmegaError('NOT_READABLE', `${root} cannot be read (${code}). Check its permissions.`, {
          cause: error,
        });
  }
}

async function list(
  root: string,
  folder: Folder,
  added: readonly FolderEntry[] | undefined,
  ignoring: Ignoring,
): Promise<{ files: string[]; folders: Folder[] }> {
  const files: string[] = [];
  const folders: Folder[] = [];
  const { entries, failed } = await folderEntries(join(root, folder.path), added);
  if (failed !== null) {
    const reason = `cannot be read (${failed}): check its permissions`;
    ignoring(folder.path, 'unreadable', reason, problem);
  }
  const siblings = new Set(entries.map(({ name }) => name));
  const rules = await rulesOf(root, folder, siblings, ignoring);
  for (const { name, kind } of entries) {
    const path = folder.path === '' ? name : `${folder.path}/${name}`;
    if (kind === 'link') await ignoreLink(root, path, ignoring);
    // Bytes that are no UTF-8 were replaced, so the name as we have it opens nothing.
    else if (name.includes('\uFFFD'))
      ignoring(path, 'bad-name', 'its name is not UTF-8: rename it', problem);
    else if (kind === 'folder') {
      if (isGeneratedFolder(name, siblings)) ignoring(path, 'generated', 'made by a tool');
      else if (rules.ignores(path, true)) ignoring(path, 'gitignored', 'listed in .gitignore');
      else folders.push({ path, rules, depth: folder.depth + 1 });
    } else if (kind === 'special') ignoring(path, 'special', 'not a regular file');
    else if (rules.ignores(path, false)) ignoring(path, 'gitignored', 'listed in .gitignore');
    else files.push(path);
  }
  return { files, folders };
}

async function rulesOf(
  root: string,
  folder: Folder,
  siblings: ReadonlySet<string>,
  ignoring: Ignoring,
): Promise<IgnoreRules> {
  if (!siblings.has('.gitignore')) return folder.rules;
  const path = folder.path === '' ? '.gitignore' : `${folder.path}/.gitignore`;
  const read = await readText(join(root, path), maxIgnoreFileBytes);
  if (read.ok) return folder.rules.with(folder.path, read.text);
  // As in git, an ignore file that cannot be read (or is a link) ignores nothing.
  ignoring(path, read.kind, read.reason, problem);
  return folder.rules;
}

async function ignoreLink(root: string, path: string, ignoring: Ignoring): Promise<void> {
  try {
    const target = relative(root, await realpath(join(root, path)));
    if (target !== '..' && !target.startsWith(`..${sep}`)) {
      ignoring(path, 'link', 'a link, read at its target');
    } else {
      const reason = 'a link out of the project, not followed: put the files into it';
      ignoring(path, 'outside-link', reason, problem);
    }
  } catch (error) {
    const loop = systemCode(error) === 'ELOOP';
    const reason = `a link that leads ${loop ? 'to itself' : 'nowhere'}: remove it`;
    ignoring(path, 'broken-link', reason, problem);
  }
}
