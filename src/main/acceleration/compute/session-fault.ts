import type { DeviceName } from '#shared/devices.ts';
import { OmegaError } from '#shared/error.ts';

/** What a device can be blamed for. */
export const faults = ['memory', 'driver', 'died'] as const;
/** One of {@link faults}: out of memory, any other error of it, or the end of its process. */
export type Fault = (typeof faults)[number];

/** What onnxruntime and the drivers below it say when memory is short. */
const memoryWords =
  /out of memory|failed to allocate|bad_alloc|allocation failed|OUT_?OF_?(?:DEVICE_)?MEMORY|not enough memory/i;

/**
 * Turns what onnxruntime throws into a typed error; `details.fault` is `memory` where it ran out of
 * memory and `driver` for everything else. Both are retryable, on the same device or another.
 */
export function sessionFault(error: unknown, device: DeviceName): OmegaError {
  const said = error instanceof Error ? error.message : String(error);
  const text = said.slice(0, 500).replace(/\s+/g, ' ').trim();
  const fault = memoryWords.test(text) ? 'memory' : 'driver';
  const what = fault === 'memory' ? 'ran out of memory' : 'could not compute';
  return new OmegaError('UNAVAILABLE', `The device ${device} ${what}: ${text}`, {
    cause: error,
    retryable: true,
    details: { fault, device },
  });
}

/** The fault that a typed error carries, or null where the device is not to blame. */
export function faultOf(error: unknown): Fault | null {
  const fault = error instanceof OmegaError ? error.details?.fault : undefined;
  return faults.find((known) => known === fault) ?? null;
}
