import type { DeviceName, DeviceProbe } from '#shared/devices.ts';
import type { SpawnCompute } from '../compute/compute-port.ts';
import { ComputeProcess } from '../compute/compute-process.ts';

/** Longest that a trial may take: a GPU compiles its kernels on first use. In ms. */
const deadlineMs = 30_000;
const sample = 'a service that listens on a port';

/**
 * Tries a device in a process of its own, which a driver may take down: a session is opened and a
 * sentence embedded. What comes back has to be a vector of length 1, so a device that opens and
 * computes nonsense is not believed. Never throws, except when cancelled.
 */
export async function probeDevice(
  spawn: SpawnCompute,
  modelsFolder: string,
  device: DeviceName,
  signal?: AbortSignal,
): Promise<DeviceProbe> {
  const start = performance.now();
  const open = { modelsFolder, device, slots: 1, threads: 1 };
  const process = new ComputeProcess({ spawn, open, retries: 0 });
  const answer = (reason: string | null): DeviceProbe => {
    return { device, opens: reason === null, reason, ms: Math.round(performance.now() - start) };
  };
  try {
    const { vectors } = await process.embed([sample], { signal, deadlineMs });
    const length = Math.hypot(...vectors);
    return answer(Math.abs(length - 1) < 0.01 ? null : `It computes nonsense (length ${length}).`);
  } catch (error) {
    if (signal?.aborted) throw error;
    return answer(error instanceof Error ? error.message : String(error));
  } finally {
    process.dispose();
  }
}
