import { onBehalfOf } from '#main/core/trace.ts';
import { OmegaError } from '#shared/error.ts';
import { verifyModel } from '../embeddings/model-files.ts';
import { IndexHost } from '../vectors/index/index-host.ts';
import { logged } from './child-log.ts';
import type { ParentLink } from './parent-link.ts';
import {
  type ComputeOptions,
  type FromCompute,
  type ToCompute,
  toComputeSchema,
} from './protocol.ts';
import { SlotPool } from './slot-pool.ts';

type EmbedOrder = Extract<ToCompute, { type: 'embed' }>;

/**
 * The main thread of a compute process: takes requests, gives them to the slots and sends their
 * answers. It never computes itself, so that it can always take a cancellation.
 */
export function coordinate(link: ParentLink, slotEntry: string): void {
  const send = (message: FromCompute): void => link.send(message);
  let options: ComputeOptions | null = null;
  let pool: Promise<SlotPool> | null = null;
  const indexes = new IndexHost(link, slotEntry);
  /** One that failed is tried again: the model may have been fetched since. */
  const opened = (): Promise<SlotPool> => {
    if (options === null) throw new Error('A compute process has to be opened first.');
    pool ??= openPool(options, slotEntry).catch((error: unknown) => {
      pool = null;
      throw error;
    });
    return pool;
  };
  const embed = async ({ id, texts }: EmbedOrder): Promise<FromCompute> => {
    try {
      const work = async () => (await opened()).embed(id, texts);
      return await logged(link.log, 'embedding', { texts: texts.length }, work);
    } catch (error) {
      return { type: 'failed', id, error: toData(error) };
    }
  };
  link.onMessage((raw) => {
    if (IndexHost.isFor(raw)) return indexes.take(raw);
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
        onBehalfOf(message.trace, () => embed(message)).then(send);
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
