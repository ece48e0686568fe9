import type { DeviceName } from '#shared/devices.ts';
import { maxTextsPerRequest } from '../compute/protocol.ts';
import type { ChunkLimit } from './text-chunks.ts';

/** A CPU's slots end together when requests are small; a GPU is idle unless they are large. */
const cpuRequest = { texts: 16, units: 4096 };
const gpuRequest = { texts: maxTextsPerRequest, units: 65_536 };

/** How much goes into one request to a device, of which the user wants at most `maxBatch` texts. */
export function requestLimit(device: DeviceName, maxBatch: number): ChunkLimit {
  const { texts, units } = device === 'cpu' ? cpuRequest : gpuRequest;
  return { texts: Math.min(texts, maxBatch), units };
}
