import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * sha256 of what an installation depends on: the lockfile's bytes, the platform and the processor.
 * @param {string} root
 * @returns {string}
 */
export function packagesHash(root) {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(`\0${process.platform}\0${process.arch}`)
    .digest('hex');
}

/** What a build is made of, relative to the root. A missing one counts as empty. */
const buildInputs = [
  'src',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
  'resources/schemas',
  'tsconfig.base.json',
];

/**
 * sha256 over path, size and modification time of every source of the build. Contents are not
 * read: this runs on every start and has to take milliseconds.
 * @param {string} root
 * @returns {string}
 */
export function sourcesHash(root) {
  const hash = createHash('sha256');
  const visit = (/** @type {string} */ path) => {
    const stat = statSync(join(root, path), { throwIfNoEntry: false });
    if (stat === undefined) return;
    if (stat.isDirectory()) {
      for (const name of readdirSync(join(root, path)).sort()) visit(`${path}/${name}`);
    } else {
      hash.update(`${path}\0${stat.size}\0${stat.mtimeMs}\n`);
    }
  };
  buildInputs.forEach(visit);
  return hash.digest('hex');
}

/**
 * Reads a stamp: a small JSON file that says what a step was done for. Null when there is none or
 * it is damaged, which means that the step has to be done again.
 * @param {string} file
 * @returns {Record<string, unknown> | null}
 */
export function readStamp(file) {
  try {
    const value = JSON.parse(readFileSync(file, 'utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

/**
 * Writes a stamp whole or not at all.
 * @param {string} file
 * @param {Record<string, unknown>} value
 */
export function writeStamp(file, value) {
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(value));
  renameSync(draft, file);
}
