import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { benchFolder, type Repository } from '../repositories.ts';

const timeoutMs = 30_000;

/**
 * The text of one file of a public repository, fetched once and kept below the same folder as whole
 * repositories, where a copy made by other means serves as well. Throws where it cannot be fetched.
 */
export async function publicFile({ name, commit }: Repository, path: string): Promise<string> {
  const folder = `${name.replace('/', '+')}@${commit.slice(0, 12)}`;
  const places = [join(benchFolder(), folder, path), join(benchFolder(), 'files', folder, path)];
  const there = places.find(existsSync);
  if (there) return readFileSync(there, 'utf8');
  const url = `https://raw.githubusercontent.com/${name}/${commit}/${path}`;
  const answer = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}.`);
  const text = await answer.text();
  const file = places[1] as string;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.part`, text);
  renameSync(`${file}.part`, file);
  return text;
}
