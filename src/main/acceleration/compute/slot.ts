import { parentPort, workerData } from 'node:worker_threads';
import { type ErrorData, OmegaError } from '#shared/error.ts';
import { EmbeddingModel } from '../embeddings/embedding-model.ts';
import { computeOptionsSchema } from './protocol.ts';
import { sessionFault } from './session-fault.ts';

/** What a slot answers to a list of texts. */
export type SlotAnswer =
  | { readonly vectors: Float32Array; readonly batchRows: number }
  | { readonly error: ErrorData };

/** A thread of the compute process: one session, one request at a time (its runs block the thread). */
export function serveSlot(): void {
  const options = computeOptionsSchema.parse(workerData);
  const port = parentPort;
  if (!port) throw new Error('A slot runs in a worker thread.');
  let model: Promise<EmbeddingModel> | null = null;
  port.on('message', async (texts: readonly string[]) => {
    try {
      // A model that failed to open is tried again: memory may be free by then.
      model ??= EmbeddingModel.open(options).catch((error: unknown) => {
        model = null;
        throw error;
      });
      const { batchRows } = await model;
      const vectors = await (await model).embed(texts);
      port.postMessage({ vectors, batchRows } satisfies SlotAnswer, [
        vectors.buffer as ArrayBuffer,
      ]);
    } catch (error) {
      const known = error instanceof OmegaError ? error : sessionFault(error, options.device);
      port.postMessage({ error: known.toData() } satisfies SlotAnswer);
    }
  });
}
