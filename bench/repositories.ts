import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A public repository at one commit. */
export type Repository = { readonly name: string; readonly commit: string };

const run = promisify(execFile);

/** Where what was fetched for the benchmarks is kept. */
export function benchFolder(): string {
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'omega-bench');
}

/**
 * The folder of a repository's files at its commit, fetched once and kept as `owner+name@commit` in
 * `omega-bench` of the cache folder, where a copy made by other means serves as well. Throws where it
 * cannot be fetched; a half-made copy is not left behind.
 */
export async function checkout({ name, commit }: Repository): Promise<string> {
  const folder = join(benchFolder(), `${name.replace('/', '+')}@${commit.slice(0, 12)}`);
  if (existsSync(folder)) return folder;
  const temp = `${folder}.${process.pid}`;
  mkdirSync(temp, { recursive: true });
  const git = (...args: readonly string[]) => run('git', ['-C', temp, ...args]);
  try {
    await git('init', '-q');
    await git('fetch', '-q', '--depth', '1', `https://github.com/${name}`, commit);
    await git('-c', 'advice.detachedHead=false', 'checkout', '-q', 'FETCH_HEAD');
    rmSync(join(temp, '.git'), { recursive: true });
    renameSync(temp, folder);
    return folder;
  } catch (error) {
    rmSync(temp, { recursive: true, force: true });
    const cause = error instanceof Error ? error.message : String(error);
    throw new Error(`${name}@${commit} could not be fetched: ${cause}`, { cause: error });
  }
}
