import { existsSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runChild } from './child.mjs';
import { withLock } from './lock.mjs';
import { packagesHash, readStamp, writeStamp } from './stamp.mjs';
import { Stop } from './stop.mjs';

const deadlineMs = 10 * 60_000;

/**
 * Installs what the benchmarks measure against into `bench/peers`, apart from the app's packages.
 * Does nothing when the stamp there matches. hnswlib-node is compiled with the headers that came
 * with the app's Node, where there are any: the ones of a stranger would be fetched.
 * @param {string} root
 * @param {string} node absolute path of the Node that the benchmarks run on
 * @returns {Promise<void>}
 */
export async function ensurePeers(root, node) {
  const folder = join(root, 'bench', 'peers');
  const stamp = join(folder, 'node_modules', '.omega-peers');
  const hash = packagesHash(folder);
  if (readStamp(stamp)?.hash === hash) return;
  await withLock(join(root, '.omega-setup.lock'), async () => {
    if (readStamp(stamp)?.hash === hash) return;
    process.stderr.write('set-up: installing what the benchmarks compare with …\n');
    rmSync(stamp, { force: true });
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    const prefix = dirname(dirname(node));
    const headers = existsSync(join(prefix, 'include', 'node', 'node_api.h'));
    const nodedir = headers ? { npm_config_nodedir: prefix } : {};
    const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
    const env = { ...process.env, ...nodedir };
    const result = await runChild(npm, args, { cwd: folder, env, deadlineMs });
    if (result.stopped) throw new Stop('Set-up was interrupted. Run the command again.', 130);
    if (result.code !== 0) {
      throw new Stop(
        `${result.output.trim()}\n\nThe peers of the benchmarks could not be installed (npm ci ended with ${result.code}). They need your npm registry, a C++ compiler, make and Python 3.`,
      );
    }
    writeStamp(stamp, { hash });
  });
}
