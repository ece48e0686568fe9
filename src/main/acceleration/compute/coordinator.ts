import { OmegaError } from '#shared/error.ts';
import { verifyModel } from '../embeddings/model-files.ts';
import type { ParentLink } from './parent-link.ts';
import { type ComputeOptions, type FromCompute, toComputeSchema } from './protocol.ts';
import { SlotPool } from './slot-pool.ts';

/**
 * The main thread of a compute process: takes requests, gives them to the slots and sends their
 * answers. It never computes itself, so that it can always take a cancellation.
 */
export function coordinate(link: ParentLink, slotEntry: string): void {
  const send = (message: FromCompute): void => link.send(message);
  let options: ComputeOptions | null = null;
  let pool: Promise<SlotPool> | null = null;
  /** One that failed is tried again: the model may have been fetched since. */
  const opened = (): Promise<SlotPool> => {
    if (options === null) throw new Error('A compute process has to be opened first.');
    pool ??= openPool(options, slotEntry).catch((error: unknown) => {
      pool = null;
      throw error;
    });
    return pool;
  };
  link.onMessage((raw) => {
    const message = toComputeSchema.parse(raw);
    switch (message.type) {
      case 'open':
        options = message.options;
        // Each request reports it; without one it is nobody's error yet.
        opened().catch(() => undefined);
        break;
      case 'cancel':
        pool?.then((slots) => slots.cancel(message.id)).catch(() => undefined);
        break;
      case 'embed':
        opened()
          .then((slots) => slots.embed(message.id, message.texts))
          .then(send)
          .catch((error: unknown) =>
            send({ type: 'failed', id: message.id, error: toData(error) }),
          );
        break;
    }
  });
}

async function openPool(options: ComputeOptions, slotEntry: string): Promise<SlotPool> {
  await verifyModel(options.modelsFolder);
  return new SlotPool(options, slotEntry);
}

function toData(error: unknown) {
  if (error instanceof OmegaError) return error.toData();
  const message = error instanceof Error ? error.message : String(error);
  return new OmegaError('INTERNAL', message).toData();
}
