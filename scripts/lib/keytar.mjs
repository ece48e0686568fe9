import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { aptInstall, onPath } from './apt.mjs';
import { runChild } from './child.mjs';
import { readStamp, writeStamp } from './stamp.mjs';

const deadlineMs = 3 * 60_000;
const systemPackages = ['libsecret-1-dev', 'pkg-config', 'g++'];
const waitsFor = `keys are kept in encrypted files instead of the keyring; for the keyring: sudo apt-get install -y ${systemPackages.join(' ')} && node scripts/setup.mjs`;

/**
 * Builds keytar, the way to the system's keyring, for this machine. npm does not: where libsecret
 * is missing its install script would ask a host that may be out of reach, and fail. The app works
 * without it.
 * @param {string} root
 * @param {string} node absolute path of the Node that it is for
 * @param {{install?: boolean}} [options] `install` gets what is missing through apt, where that needs no password
 * @returns {Promise<string | null>} null when it is there, else why not and the one command to run
 */
export async function ensureKeytar(root, node, options = {}) {
  const folder = folderOf(root);
  if (!existsSync(folder)) return null;
  if (isBuilt(folder)) return null;
  if (process.platform !== 'linux') return note(folder, await fetchBinary(root, folder, node));
  if (!hasHeaders() && options.install === true) {
    const problem = await aptInstall(systemPackages);
    if (problem !== null) return `no libsecret, and ${problem}; ${waitsFor}`;
  }
  if (!hasHeaders()) return `libsecret, pkg-config or g++ are missing; ${waitsFor}`;
  return note(folder, await compile(root, folder, node));
}

/**
 * Whether it was built or tried, or cannot be built here.
 * @param {string} root
 * @param {boolean} install whether what is missing of the system may be installed, and a failure tried again
 */
export function isKeytarSettled(root, install) {
  const folder = folderOf(root);
  if (!existsSync(folder) || isBuilt(folder)) return true;
  if (install) return false;
  if (readStamp(stampOf(folder))?.hash === versionOf(folder)) return true;
  return process.platform === 'linux' && !hasHeaders();
}

const folderOf = (/** @type {string} */ root) => join(root, 'node_modules', 'keytar');
const stampOf = (/** @type {string} */ folder) => join(folder, 'build', '.omega-keytar');
const isBuilt = (/** @type {string} */ folder) =>
  existsSync(join(folder, 'build', 'Release', 'keytar.node'));

/** @param {string} folder */
function versionOf(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version;
}

/**
 * Remembers what a trial came to.
 * @param {string} folder
 * @param {string | null} problem
 */
function note(folder, problem) {
  mkdirSync(join(folder, 'build'), { recursive: true });
  writeStamp(stampOf(folder), { hash: versionOf(folder), problem });
  return problem;
}

function hasHeaders() {
  if (!onPath('g++') || !onPath('pkg-config')) return false;
  return existsSync('/usr/include/libsecret-1/libsecret/secret.h');
}

/**
 * The binary that keytar's makers built; there is one for macOS and for Windows.
 * @param {string} root
 * @param {string} folder
 * @param {string} node
 */
async function fetchBinary(root, folder, node) {
  const places = [folder, root].map((each) => join(each, 'node_modules/prebuild-install/bin.js'));
  const tool = places.find((path) => existsSync(path));
  if (tool === undefined) return 'the keyring is not used: prebuild-install is missing';
  const { code } = await runChild(node, [tool, '--runtime=napi'], { cwd: folder, deadlineMs });
  return code === 0 ? null : `the keyring is not used: keytar could not be fetched (${code})`;
}

/**
 * @param {string} root
 * @param {string} folder
 * @param {string} node
 * @returns {Promise<string | null>} what went wrong
 */
async function compile(root, folder, node) {
  const headers = [join(dirname(dirname(node)), 'include', 'node'), '/usr/include/node'];
  const nodeHeaders = headers.find((path) => existsSync(join(path, 'node_api.h')));
  if (nodeHeaders === undefined) return "the keyring is not used: Node's headers are missing";
  const addonApi = [folder, root]
    .map((each) => join(each, 'node_modules', 'node-addon-api'))
    .find((path) => existsSync(path));
  const flags = await runChild('pkg-config', ['--cflags', '--libs', 'libsecret-1'], { deadlineMs });
  if (flags.code !== 0) return 'the keyring is not used: pkg-config does not know libsecret-1';
  const release = join(folder, 'build', 'Release');
  const draft = join(release, `draft-${process.pid}.node`);
  mkdirSync(release, { recursive: true });
  const sources = ['async.cc', 'main.cc', 'keytar_posix.cc'].map((name) =>
    join(folder, 'src', name),
  );
  const args = [
    ...['-O2', '-std=c++17', '-shared', '-fPIC', '-Wno-deprecated-declarations'],
    ...['-DNAPI_VERSION=3', '-DNODE_GYP_MODULE_NAME=keytar', '-DNAPI_CPP_EXCEPTIONS'],
    ...[`-I${nodeHeaders}`, `-I${addonApi ?? nodeHeaders}`, ...sources, '-o', draft],
    ...flags.output.trim().split(/\s+/),
  ];
  try {
    const { code } = await runChild('g++', args, { deadlineMs });
    if (code !== 0)
      return `the keyring is not used: keytar could not be built (g++ ended with ${code})`;
    renameSync(draft, join(release, 'keytar.node'));
    return null;
  } finally {
    rmSync(draft, { force: true });
  }
}
