import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { openTokenizer } from '#main/acceleration/embeddings/tokenize.ts';

/** What a raw session works on: all texts, tokenized before the clock runs. */
export type RawSetup = {
  readonly folder: string;
  readonly threads: number;
  readonly texts: readonly string[];
};
/** One measured pass: runs of `rows` texts, taken from a counter that the sessions share. */
export type RawPass = { readonly rows: number; readonly next: Int32Array };

const { folder, threads, texts } = workerData as RawSetup;
const tokenize = await openTokenizer(folder);
const all = texts.map((text) => tokenize(text)).sort((a, b) => b.length - a.length);
const session = await InferenceSession.create(join(folder, 'model_q4.onnx'), {
  executionProviders: ['cpu'],
  intraOpNumThreads: threads,
  interOpNumThreads: 1,
});

parentPort?.on('message', async ({ rows, next }: RawPass) => {
  for (let at = Atomics.add(next, 0, rows); at < all.length; at = Atomics.add(next, 0, rows)) {
    const batch = all.slice(at, at + rows);
    const tokens = batch[0]?.length ?? 0;
    const ids = new BigInt64Array(batch.length * tokens);
    const mask = new BigInt64Array(batch.length * tokens);
    for (const [row, values] of batch.entries()) {
      for (const [column, value] of values.entries()) ids[row * tokens + column] = BigInt(value);
      mask.fill(1n, row * tokens, row * tokens + values.length);
    }
    const tensor = (data: BigInt64Array) => new Tensor('int64', data, [batch.length, tokens]);
    await session.run({
      input_ids: tensor(ids),
      attention_mask: tensor(mask),
      token_type_ids: tensor(new BigInt64Array(ids.length)),
    });
  }
  parentPort?.postMessage('done');
});
parentPort?.postMessage('ready');
