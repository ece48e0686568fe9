import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { patched, sourceSha256 } from '../faiss/patches.mjs';
import { aptInstall, onPath } from './apt.mjs';
import { runChild } from './child.mjs';
import { readStamp, writeStamp } from './stamp.mjs';

const deadlineMs = 5 * 60_000;
const systemPackages = ['libfaiss-dev', 'libopenblas-dev', 'g++'];
const waitsFor = `the FAISS engines of the vector index wait for: sudo apt-get install -y ${systemPackages.join(' ')} && node scripts/setup.mjs`;

/**
 * Compiles faiss-node, with our patches, against the system's faiss: the package would download a
 * binary with the faults that the patches mend. Does nothing when that was done for this source,
 * these patches and this machine. The app works without it.
 * @param {string} root
 * @param {string} node absolute path of the Node that it is for
 * @param {{install?: boolean}} [options] `install` gets what is missing through apt, where that needs no password
 * @returns {Promise<string | null>} null when it is there, else why not and the one command to run
 */
export async function ensureFaiss(root, node, options = {}) {
  const folder = join(root, 'node_modules', 'faiss-node');
  const source = join(folder, 'src', 'faiss.cc');
  if (!existsSync(source)) return 'the package faiss-node is not installed';
  const hash = hashOf(source);
  const tried = readStamp(stampOf(folder));
  if (tried?.hash === hash && tried.problem === null) return null;
  if (process.platform !== 'linux')
    return 'FAISS is built on Linux alone; usearch is there everywhere';
  if (!hasHeaders() && options.install === true) {
    const problem = await aptInstall(systemPackages);
    if (problem !== null) return `no libfaiss, and ${problem}; ${waitsFor}`;
  }
  if (!hasHeaders()) return `libfaiss, libopenblas or g++ are missing; ${waitsFor}`;
  const problem = await compile(root, folder, node);
  writeStamp(stampOf(folder), { hash, problem });
  return problem;
}

/**
 * Whether it was built for this source and these patches, needs no building, or cannot be built here.
 * @param {string} root
 * @param {boolean} install whether what is missing of the system may be installed
 */
export function isFaissSettled(root, install) {
  const folder = join(root, 'node_modules', 'faiss-node');
  const source = join(folder, 'src', 'faiss.cc');
  if (process.platform !== 'linux' || !existsSync(source)) return true;
  if (!install && !hasHeaders()) return true;
  const tried = readStamp(stampOf(folder));
  return tried?.hash === hashOf(source) && (!install || tried.problem === null);
}

const stampOf = (/** @type {string} */ folder) => join(folder, 'build', '.omega-faiss');

/** @param {string} source */
function hashOf(source) {
  const patches = readFileSync(new URL('../faiss/patches.mjs', import.meta.url));
  return createHash('sha256').update(readFileSync(source)).update(patches).digest('hex');
}

function hasHeaders() {
  return onPath('g++') && existsSync('/usr/include/faiss/Index.h') && hasBlas();
}

function hasBlas() {
  const folders = ['/usr/lib', '/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu'];
  return folders.some((folder) => existsSync(join(folder, 'libopenblas.so')));
}

/**
 * @param {string} root
 * @param {string} folder
 * @param {string} node
 * @returns {Promise<string | null>} what went wrong
 */
async function compile(root, folder, node) {
  const original = readFileSync(join(folder, 'src', 'faiss.cc'));
  if (createHash('sha256').update(original).digest('hex') !== sourceSha256) {
    return 'the source of faiss-node is not the one that the patches are for';
  }
  const headers = [join(dirname(dirname(node)), 'include', 'node'), '/usr/include/node'];
  const nodeHeaders = headers.find((path) => existsSync(join(path, 'node_api.h')));
  if (nodeHeaders === undefined) return "FAISS cannot be built: Node's headers are missing";
  const release = join(folder, 'build', 'Release');
  const draft = join(release, `draft-${process.pid}`);
  mkdirSync(release, { recursive: true });
  try {
    writeFileSync(`${draft}.cc`, patched(original.toString('utf8')));
    const defines = [
      '-DNAPI_VERSION=6',
      '-DNODE_GYP_MODULE_NAME=faiss_node',
      '-DNAPI_CPP_EXCEPTIONS',
      '-DNODE_ADDON_API_CPP_EXCEPTIONS_ALL',
    ];
    const includes = [nodeHeaders, join(root, 'node_modules', 'node-addon-api')];
    const { code, output } = await runChild(
      'g++',
      [
        ...['-O3', '-std=c++17', '-shared', '-fPIC', '-fopenmp', ...defines],
        ...includes.map((path) => `-I${path}`),
        ...[`${draft}.cc`, '-o', `${draft}.node`, '-lfaiss', '-lopenblas'],
      ],
      { deadlineMs },
    );
    if (code !== 0)
      return `FAISS could not be built: ${
        output
          .trim()
          .split('\n')
          .find((line) => line.includes('error')) ?? `g++ ended with ${code}`
      }`;
    renameSync(`${draft}.node`, join(release, 'faiss-node.node'));
    return null;
  } finally {
    rmSync(`${draft}.cc`, { force: true });
    rmSync(`${draft}.node`, { force: true });
  }
}
