import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { ComputeOptions } from '../compute/protocol.ts';
import { fastestRows } from './fastest-rows.ts';
import { embeddingDimensions, embeddingModel } from './model-files.ts';
import { planBatches } from './plan-batches.ts';
import { poolTokens } from './pool-tokens.ts';
import { openTokenizer, type Tokenize } from './tokenize.ts';

/** Marks at both ends and nothing between: a text without meaning. */
const emptyTokens = 2;

/** The model on one device: a tokenizer and a session. Its calls block the thread. */
export class EmbeddingModel {
  readonly #session: InferenceSession;
  readonly #tokenize: Tokenize;
  /** Rows of one run that were fastest here when it was opened. */
  readonly batchRows: number;

  private constructor(session: InferenceSession, tokenize: Tokenize, batchRows: number) {
    this.#session = session;
    this.#tokenize = tokenize;
    this.batchRows = batchRows;
  }

  /** Loads the model, and measures which batch is fastest on this machine (about 0.3 s). */
  static async open({ modelsFolder, device, threads }: ComputeOptions): Promise<EmbeddingModel> {
    const folder = join(modelsFolder, embeddingModel);
    const tokenize = await openTokenizer(folder);
    const session = await InferenceSession.create(join(folder, 'model_q4.onnx'), {
      executionProviders: [device],
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      logSeverityLevel: 4,
    });
    const sample = tokenize('the quick brown fox jumps over the lazy dog and ran far away');
    const rows = await fastestRows((count) => run(session, Array(count).fill(sample)));
    return new EmbeddingModel(session, tokenize, rows);
  }

  /** Embeds texts into one array, a row of 384 numbers each; a text without tokens has zeros. */
  async embed(texts: readonly string[]): Promise<Float32Array> {
    const rows = texts.map((text) => this.#tokenize(text));
    const result = new Float32Array(texts.length * embeddingDimensions);
    const full = rows.flatMap((ids, row) => (ids.length > emptyTokens ? [row] : []));
    const idsOf = (index: number): readonly number[] => rows[full[index] ?? -1] ?? [];
    const lengths = full.map((_, index) => idsOf(index).length);
    for (const batch of planBatches(lengths, this.batchRows)) {
      const inputs = batch.map(idsOf);
      const { hidden, tokens } = await run(this.#session, inputs);
      for (const [row, ids] of inputs.entries()) {
        const at = (full[batch[row] ?? -1] ?? 0) * embeddingDimensions;
        const target = result.subarray(at, at + embeddingDimensions);
        poolTokens(hidden, row, tokens, ids.length, target);
      }
    }
    return result;
  }
}

async function run(session: InferenceSession, rows: readonly (readonly number[])[]) {
  const tokens = Math.max(...rows.map((ids) => ids.length));
  const size = rows.length * tokens;
  const ids = new BigInt64Array(size);
  const mask = new BigInt64Array(size);
  for (const [row, values] of rows.entries()) {
    for (const [column, value] of values.entries()) ids[row * tokens + column] = BigInt(value);
    mask.fill(1n, row * tokens, row * tokens + values.length);
  }
  const tensor = (data: BigInt64Array) => new Tensor('int64', data, [rows.length, tokens]);
  const outputs = await session.run({
    input_ids: tensor(ids),
    attention_mask: tensor(mask),
    token_type_ids: tensor(new BigInt64Array(size)),
  });
  const hidden = outputs.last_hidden_state?.data;
  if (!(hidden instanceof Float32Array)) throw new Error('The model gave no hidden state.');
  return { hidden, tokens };
}
