import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runChild } from './child.mjs';

const lockWait = ['-o', 'DPkg::Lock::Timeout=60'];
const aptEnv = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };

/**
 * Installs packages of the system through apt where that needs no password.
 * @param {readonly string[]} names
 * @returns {Promise<string | null>} null when apt says that they are there, else why not
 */
export async function aptInstall(names) {
  if (!onPath('apt-get')) return 'this system has no apt';
  const prefix = await asRoot();
  if (prefix === null) return 'installing needs a password';
  process.stderr.write(`set-up: installing ${names.join(' ')} through apt …\n`);
  await apt(prefix, ['update'], 120_000);
  const install = ['install', '-y', '--no-install-recommends', ...names];
  const { code, output } = await apt(prefix, install, 300_000);
  if (code === 0) return null;
  return `apt could not install ${names.join(' ')} (${output.trim().split('\n').at(-1) ?? ''})`;
}

/** What to put before apt-get: nothing as root, sudo where it asks for no password, else null. */
async function asRoot() {
  if (process.getuid?.() === 0) return [];
  if (!onPath('sudo')) return null;
  const { code } = await runChild('sudo', ['-n', 'true'], { deadlineMs: 10_000 });
  return code === 0 ? ['sudo', '-n', 'DEBIAN_FRONTEND=noninteractive'] : null;
}

/**
 * @param {readonly string[]} prefix
 * @param {readonly string[]} args
 * @param {number} deadlineMs
 */
function apt(prefix, args, deadlineMs) {
  const [command = 'apt-get', ...rest] = [...prefix, 'apt-get', '-q', ...lockWait, ...args];
  return runChild(command, rest, { env: aptEnv, deadlineMs });
}

/**
 * Whether a program of this name is on the PATH.
 * @param {string} name
 */
export function onPath(name) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.some((folder) => folder !== '' && existsSync(join(folder, name)));
}
