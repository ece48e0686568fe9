import { createHash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
} from 'node:fs';
import { join } from 'node:path';
import envPaths from 'env-paths';
import { Acceleration } from '#main/acceleration/acceleration.ts';
import { forkCompute } from '#main/acceleration/compute/fork-compute.ts';
import { embeddingDimensions, verifyModel } from '#main/acceleration/embeddings/model-files.ts';
import { fixed } from '#main/core/live.ts';
import { configDefaults } from '#shared/config.ts';
import { sentences } from './sentences.ts';
import { wordnetGlosses } from './wordnet.ts';

const root = join(import.meta.dirname, '..');
export const modelsFolder = join(root, 'resources', 'models');
const rowBytes = embeddingDimensions * 4;
/** Texts that are embedded between two writes: what an interruption costs. */
const step = 2_000;

/** Where packages for the benchmarks are installed. */
export const peersFolder = join(root, 'bench', 'peers');

/** Real embeddings, row after row: `base` is what is searched in, `queries` were held out of it. */
export type Corpus = {
  readonly dimensions: number;
  readonly base: Float32Array;
  readonly queries: Float32Array;
};

/**
 * The embeddings of `base + queries` WordNet glosses. They are computed once, about five minutes for
 * 101,000, and kept in the user's cache folder by model and texts; an interrupted run is carried on.
 */
export async function embeddedCorpus(base: number, queries: number): Promise<Corpus> {
  const texts = wordnetGlosses(peersFolder).slice(0, base + queries);
  if (texts.length < base + queries) throw new Error(`WordNet has only ${texts.length} glosses.`);
  return split(await cachedEmbeddings('wordnet', texts), base);
}

/** The vectors of texts, row after row, computed once and kept in the user's cache folder. */
export async function cachedEmbeddings(
  name: string,
  texts: readonly string[],
): Promise<Float32Array> {
  await verifyModel(modelsFolder);
  const file = join(cacheFolder(), `${fingerprint(name, texts)}.f32`);
  if (!existsSync(file)) await withModel((embed) => embedInto(file, texts, embed));
  const bytes = readFileSync(file);
  return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
}

/** A small corpus of made-up sentences that needs no packages: enough to see that a suite runs. */
export async function smallCorpus(base: number, queries: number): Promise<Corpus> {
  await verifyModel(modelsFolder);
  return split(await withModel((embed) => embed(sentences(base + queries))), base);
}

type Embed = (texts: readonly string[]) => Promise<Float32Array>;

async function withModel<T>(work: (embed: Embed) => Promise<T>): Promise<T> {
  const app = new Acceleration({
    spawn: forkCompute(join(root, 'src', 'main', 'acceleration', 'compute', 'main.ts')),
    modelsFolder,
    settings: fixed(configDefaults.acceleration),
  });
  try {
    return await work(async (texts) => (await app.embedTexts(texts)).vectors);
  } finally {
    await app.dispose();
  }
}

function split(vectors: Float32Array, base: number): Corpus {
  const end = base * embeddingDimensions;
  return {
    dimensions: embeddingDimensions,
    base: shared(vectors.subarray(0, end)),
    queries: shared(vectors.subarray(end)),
  };
}

/** In memory that threads share: a copy in each would be 150 MB. */
function shared(vectors: Float32Array): Float32Array {
  const copy = new Float32Array(new SharedArrayBuffer(vectors.byteLength));
  copy.set(vectors);
  return copy;
}

function cacheFolder(): string {
  const folder = join(envPaths('omega-studio', { suffix: '' }).cache, 'bench');
  mkdirSync(folder, { recursive: true });
  return folder;
}

function fingerprint(name: string, texts: readonly string[]): string {
  const hash = createHash('sha256').update(readFileSync(join(modelsFolder, 'manifest.json')));
  for (const text of texts) hash.update(text).update('\0');
  return `${name}-${texts.length}-${hash.digest('hex').slice(0, 16)}`;
}

async function embedInto(file: string, texts: readonly string[], embed: Embed): Promise<void> {
  const draft = `${file}.part`;
  if (!existsSync(draft)) appendFileSync(draft, '');
  // A write that was cut off may end within a row.
  const whole = Math.floor(statSync(draft).size / rowBytes);
  truncateSync(draft, whole * rowBytes);
  for (let at = whole; at < texts.length; at += step) {
    const vectors = await embed(texts.slice(at, at + step));
    appendFileSync(draft, new Uint8Array(vectors.buffer, vectors.byteOffset, vectors.byteLength));
    const done = Math.min(at + step, texts.length);
    process.stderr.write(`bench: embedded ${done} of ${texts.length} texts, once\n`);
  }
  renameSync(draft, file);
}
