import type { DeviceName } from '#shared/devices.ts';
import type { LiveCompute } from '../compute/live-compute.ts';
import type { DeviceOperation } from '../devices/device-route.ts';
import type { EmbedMetrics } from './embed-metrics.ts';
import type { EmbeddedText } from './embed-texts.ts';

/** Embeds one request in a device's compute process; each request has `deadlineMs`. */
export function embedOnDevice(
  device: DeviceName,
  compute: LiveCompute,
  deadlineMs: number,
  metrics: EmbedMetrics,
): DeviceOperation<string, EmbeddedText> {
  return async (texts, signal) => {
    const { vectors, device: ran } = await metrics.requested(device, texts.length, () =>
      compute.embed(texts, { signal, deadlineMs }),
    );
    const width = texts.length === 0 ? 0 : vectors.length / texts.length;
    return texts.map((_, row) => ({
      vector: vectors.subarray(row * width, (row + 1) * width),
      device: ran,
    }));
  };
}
