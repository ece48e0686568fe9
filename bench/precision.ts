import {
  copyFileSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InferenceSession } from 'onnxruntime-node';
import { embeddingModel, verifyModel } from '#main/acceleration/embeddings/model-files.ts';
import { poolTokens } from '#main/acceleration/embeddings/pool-tokens.ts';
import { openTokenizer } from '#main/acceleration/embeddings/tokenize.ts';
import { sentences } from './sentences.ts';
import { median, rounded, timed } from './statistics.ts';

const modelsFolder = join(import.meta.dirname, '..', 'resources', 'models');
const dimensions = 384;
const { InferenceSession: Session, Tensor } = createRequire(import.meta.url)(
  'onnxruntime-node',
) as typeof import('onnxruntime-node');

/** Numbers that a matrix product over 4-bit weights is done in, as onnxruntime counts them. */
const arithmetics = { float32: 1, int8: 4 } as const;

/** What one arithmetic does: speed, and its vectors' cosine to those of 32-bit floats. */
type Figures = {
  readonly textsPerSecond: number;
  readonly meanCosine: number;
  readonly leastCosine: number;
};

/** What `bench -- precision` prints. One session, one thread, one text a call; medians of `repeats`. */
export type PrecisionFigures = {
  readonly suite: 'precision';
  readonly texts: number;
  readonly repeats: number;
  /** Speed of 8-bit integers over that of 32-bit floats. */
  readonly ratio: number;
} & Readonly<Record<keyof typeof arithmetics, Figures>>;

/** Measures the model's arithmetics: the same weights, and each node told which to compute in. */
export async function precisionSuite(short: boolean): Promise<PrecisionFigures> {
  await verifyModel(modelsFolder);
  const [count, repeats] = short ? [4, 1] : [128, 5];
  const folder = join(modelsFolder, embeddingModel);
  const tokenize = await openTokenizer(folder);
  const texts = sentences(count).map(tokenize);
  const scratch = mkdtempSync(join(tmpdir(), 'omega-precision-'));
  try {
    const float32 = await open(folder, scratch, 'float32');
    const int8 = await open(folder, scratch, 'int8');
    const truth = await embedAll(float32, texts);
    const found = await embedAll(int8, texts);
    const times = { float32: [] as number[], int8: [] as number[] };
    for (let round = 0; round < repeats; round += 1) {
      times.float32.push(await timed(() => embedAll(float32, texts)));
      times.int8.push(await timed(() => embedAll(int8, texts)));
    }
    const rate = (ms: readonly number[]): number => rounded((count / median(ms)) * 1000, 1);
    const rates = { float32: rate(times.float32), int8: rate(times.int8) };
    return {
      suite: 'precision',
      texts: count,
      repeats,
      ratio: rounded(rates.int8 / rates.float32, 3),
      float32: { textsPerSecond: rates.float32, ...likeness(truth, truth) },
      int8: { textsPerSecond: rates.int8, ...likeness(found, truth) },
    };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function open(
  folder: string,
  scratch: string,
  arithmetic: keyof typeof arithmetics,
): Promise<InferenceSession> {
  const target = join(scratch, arithmetic);
  mkdirSync(target);
  // The attribute's name, and its value as protobuf has it: field 3, a small number.
  const named = Buffer.from('accuracy_level\x18', 'latin1');
  const model = readFileSync(join(folder, 'model_q4.onnx'));
  for (let at = model.indexOf(named); at !== -1; at = model.indexOf(named, at + 1)) {
    model[at + named.length] = arithmetics[arithmetic];
  }
  writeFileSync(join(target, 'model_q4.onnx'), model);
  const [weights, copy] = [folder, target].map((place) => join(place, 'model_q4.onnx_data'));
  try {
    linkSync(weights ?? '', copy ?? '');
  } catch {
    copyFileSync(weights ?? '', copy ?? '');
  }
  return Session.create(join(target, 'model_q4.onnx'), { intraOpNumThreads: 1 });
}

async function embedAll(
  session: InferenceSession,
  texts: readonly (readonly number[])[],
): Promise<Float32Array> {
  const vectors = new Float32Array(texts.length * dimensions);
  for (const [row, ids] of texts.entries()) {
    const shape = [1, ids.length];
    const whole = (of: (id: number) => bigint) =>
      new Tensor('int64', BigInt64Array.from(ids, of), shape);
    const { last_hidden_state: hidden } = await session.run({
      input_ids: whole(BigInt),
      attention_mask: whole(() => 1n),
      token_type_ids: whole(() => 0n),
    });
    const target = vectors.subarray(row * dimensions, (row + 1) * dimensions);
    poolTokens(hidden?.data as Float32Array, 0, ids.length, ids.length, target);
  }
  return vectors;
}

function likeness(found: Float32Array, truth: Float32Array) {
  const cosines = Array.from({ length: truth.length / dimensions }, (_, row) => {
    const own = found.subarray(row * dimensions, (row + 1) * dimensions);
    return own.reduce((sum, value, at) => sum + value * (truth[row * dimensions + at] ?? 0), 0);
  });
  const sum = cosines.reduce((total, one) => total + one, 0);
  return {
    meanCosine: rounded(sum / cosines.length, 5),
    leastCosine: rounded(Math.min(...cosines), 5),
  };
}
