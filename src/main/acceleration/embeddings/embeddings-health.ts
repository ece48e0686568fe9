import type { DeviceName, DeviceProbe } from '#shared/devices.ts';
import type { Health } from '#shared/health.ts';

/** How embeddings are, told by the trials of the devices and by what the route has been through. */
export function embeddingsHealth(
  chosen: DeviceName | null,
  latched: boolean,
  probes: readonly DeviceProbe[],
): Health {
  const part = 'embeddings';
  if (chosen === null) {
    const reason = probes.find(({ device }) => device === 'cpu')?.reason ?? null;
    return { part, status: 'unhealthy', reason: reason ?? 'No device computes.' };
  }
  if (latched) {
    const reason = 'The GPU kept failing and is left alone for a while; the CPU computes.';
    return { part, status: 'degraded', reason };
  }
  return { part, status: 'healthy', reason: null };
}
