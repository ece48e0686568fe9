import { join } from 'node:path';
import { buildApp, isBuilt } from './build.mjs';
import { ensureFaiss, isFaissSettled } from './faiss.mjs';
import { ensureKeytar, isKeytarSettled } from './keytar.mjs';
import { withLock } from './lock.mjs';
import { fetchModels, isResting, missingModels } from './models.mjs';
import { installedNode, installPackages } from './packages.mjs';

/**
 * Installs and builds what is missing or outdated; does nothing, in milliseconds, when all is
 * there. Progress goes to stderr, a line a step; a step's own output is shown only when it fails.
 * A model that cannot be fetched keeps nobody: the app works without, and says what waits for it.
 * @param {string} root
 * @param {{build?: boolean, retryModels?: boolean, systemPackages?: boolean}} [options] `build: false` leaves `out/` alone;
 *   `retryModels` tries again even right after a fetch that failed; `systemPackages` installs what
 *   FAISS and keytar are built with, where that needs no password, and says where it could not
 * @returns {Promise<string>} absolute path of the Node that everything has to run on
 */
export async function ensureReady(root, options = {}) {
  const build = options.build ?? true;
  const node = installedNode(root);
  const wantsModels = () =>
    missingModels(root).length > 0 && (options.retryModels === true || !isResting(root));
  const wantsFaiss = () => !isFaissSettled(root, options.systemPackages === true);
  const wantsKeytar = () => !isKeytarSettled(root, options.systemPackages === true);
  const lacksNothing = () => !wantsModels() && !wantsFaiss() && !wantsKeytar();
  if (node !== null && (!build || isBuilt(root)) && lacksNothing()) return node;
  return withLock(join(root, '.omega-setup.lock'), async () => {
    const usable =
      installedNode(root) ?? (await step('installing packages', () => installPackages(root)));
    if (wantsModels()) {
      await step('fetching models', () => fetchModels(root, missingModels(root)));
    }
    if (wantsFaiss()) {
      const install = options.systemPackages === true;
      await step('building FAISS', () => buildFaiss(root, usable, install));
    }
    if (wantsKeytar()) {
      const install = options.systemPackages === true;
      await step('building keytar', async () =>
        tell(await ensureKeytar(root, usable, { install })),
      );
    }
    if (build && !isBuilt(root)) await step('building the app', () => buildApp(root, usable));
    return usable;
  });
}

/**
 * @param {string} root
 * @param {string} node
 * @param {boolean} install
 */
async function buildFaiss(root, node, install) {
  tell(await ensureFaiss(root, node, { install }));
}

/**
 * Says what is left out.
 * @param {string | null} problem
 */
function tell(problem) {
  if (problem !== null) process.stderr.write(`set-up: ${problem}\n`);
}

/**
 * @template T
 * @param {string} what
 * @param {() => Promise<T>} act
 * @returns {Promise<T>}
 */
async function step(what, act) {
  const start = Date.now();
  process.stderr.write(`set-up: ${what} …\n`);
  const result = await act();
  process.stderr.write(`set-up: ${what}: done in ${((Date.now() - start) / 1000).toFixed(1)} s\n`);
  return result;
}
