import type { AsyncResource } from '#main/core/disposable.ts';
import type { DeviceName } from '#shared/devices.ts';
import { type AccelerationSettings, threadsOf } from '../acceleration-options.ts';
import type { SpawnCompute } from '../compute/compute-port.ts';
import { LiveCompute } from '../compute/live-compute.ts';

/**
 * Longest that one request of at most 64 texts may take, its process' start included, in ms; then
 * the process counts as hung. A GPU is given up sooner: the CPU takes over.
 */
const cpuRequestMs = 120_000;
const gpuRequestMs = 30_000;

/** How compute processes are started. */
export type DeviceProcessesOptions = {
  readonly spawn: SpawnCompute;
  /** Absolute folder of `manifest.json` and the models. */
  readonly modelsFolder: string;
  /** Deadline of one request to a GPU, in ms; 30 s where absent. */
  readonly gpuRequestMs?: number;
};

/** A device's compute process, and the deadline of one request to it, in ms. */
export type DeviceProcess = { readonly compute: LiveCompute; readonly deadlineMs: number };

/** The compute processes of this app, at most one a device, in the shape that the settings ask for. */
export class DeviceProcesses implements AsyncResource {
  readonly #options: DeviceProcessesOptions;
  readonly #processes = new Map<DeviceName, DeviceProcess>();
  readonly #closing = new AbortController();
  #settings: AccelerationSettings;

  constructor(options: DeviceProcessesOptions, settings: AccelerationSettings) {
    this.#options = options;
    this.#settings = settings;
  }

  /** A device's process; it starts with its first request. */
  of(device: DeviceName): DeviceProcess {
    const known = this.#processes.get(device);
    if (known) return known;
    const { spawn, modelsFolder } = this.#options;
    // The CPU answers at once for a GPU's process that died; a second death would only cost time.
    const retries = device === 'cpu' ? 1 : 0;
    const gpuMs = this.#options.gpuRequestMs ?? gpuRequestMs;
    const made = {
      compute: new LiveCompute({ spawn, retries, open: { modelsFolder, device } }, this.#shape()),
      deadlineMs: device === 'cpu' ? cpuRequestMs : gpuMs,
    };
    this.#processes.set(device, made);
    return made;
  }

  /** Whether any device was used since the settings changed last. */
  get isOpen(): boolean {
    return [...this.#processes.values()].some(({ compute }) => compute.isOpen);
  }

  /** Opens all sessions of a device. */
  open(device: DeviceName, signal: AbortSignal): Promise<void> {
    const { compute, deadlineMs } = this.of(device);
    return compute.open({ signal, deadlineMs });
  }

  /** Takes changed settings over; requests under way end where they began. */
  apply(next: AccelerationSettings): void {
    const before = this.#shape();
    this.#settings = next;
    const { slots, threads } = this.#shape();
    const reshaped = slots !== before.slots || threads !== before.threads;
    for (const [device, { compute }] of this.#processes) {
      if (device !== 'cpu' && next.device === 'cpu') compute.release();
      if (!reshaped) continue;
      const wasOpen = compute.isOpen;
      compute.reshape({ slots, threads });
      // In the background, so that the next call need not wait for it; that call tells what is wrong.
      if (wasOpen) this.open(device, this.#closing.signal).catch(() => undefined);
    }
  }

  dispose(): void {
    this.#closing.abort();
    for (const { compute } of this.#processes.values()) compute.dispose();
  }

  #shape() {
    return { slots: this.#settings.slots, threads: threadsOf(this.#settings) };
  }
}
