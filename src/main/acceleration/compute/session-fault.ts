import type { DeviceName } from '#shared/devices.ts';
import { OmegaError } from '#shared/error.ts';

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
export function faultOf(error: unknown): 'memory' | 'driver' | 'died' | null {
  const fault = error instanceof OmegaError ? error.details?.fault : undefined;
  return fault === 'memory' || fault === 'driver' || fault === 'died' ? fault : null;
}
