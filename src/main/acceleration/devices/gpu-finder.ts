import type { AsyncResource } from '#main/core/disposable.ts';
import type { DeviceName, DeviceProbe } from '#shared/devices.ts';
import type { SpawnCompute } from '../compute/compute-port.ts';
import { gpuCandidates } from './candidates.ts';
import { probeDevice } from './probe.ts';

/** What a {@link GpuFinder} tries. */
export type GpuFinderOptions = {
  readonly spawn: SpawnCompute;
  readonly modelsFolder: string;
  /** GPU providers worth a trial; those of this platform where absent. */
  readonly candidates?: readonly DeviceName[];
};

/** Finds out which GPU of this machine computes, by trials in processes that are thrown away. */
export class GpuFinder implements AsyncResource {
  readonly #options: GpuFinderOptions;
  readonly #closing = new AbortController();
  #finding: Promise<DeviceName | null> | null = null;
  #probing: Promise<readonly DeviceProbe[]> | null = null;
  #found: DeviceName | null = null;

  constructor(options: GpuFinderOptions) {
    this.#options = options;
  }

  /** The GPU that opened in the last trial; null where none did or none was tried. */
  get found(): DeviceName | null {
    return this.#found;
  }

  /** The first GPU that opens, tried at the first call and remembered. */
  find(): Promise<DeviceName | null> {
    this.#finding ??= this.#findFirst().catch((error: unknown) => {
      this.#finding = null;
      throw error;
    });
    return this.#finding;
  }

  /** Tries every device anew, the CPU too; who asks meanwhile shares the trials. */
  probe(): Promise<readonly DeviceProbe[]> {
    this.#probing ??= this.#probeAll().finally(() => {
      this.#probing = null;
    });
    return this.#probing;
  }

  dispose(): void {
    this.#closing.abort();
  }

  async #findFirst(): Promise<DeviceName | null> {
    for (const device of this.#candidates()) {
      const { opens } = await this.#try(device);
      if (!opens) continue;
      this.#found = device;
      return device;
    }
    return null;
  }

  async #probeAll(): Promise<readonly DeviceProbe[]> {
    const probes: DeviceProbe[] = [];
    // One after the other: together they would measure each other.
    for (const device of [...this.#candidates(), 'cpu'] as const) {
      probes.push(await this.#try(device));
    }
    this.#found = probes.find(({ device, opens }) => device !== 'cpu' && opens)?.device ?? null;
    this.#finding = Promise.resolve(this.#found);
    return probes;
  }

  #try(device: DeviceName): Promise<DeviceProbe> {
    const { spawn, modelsFolder } = this.#options;
    return probeDevice(spawn, modelsFolder, device, this.#closing.signal);
  }

  #candidates(): readonly DeviceName[] {
    return this.#options.candidates ?? gpuCandidates(process.platform, process.arch);
  }
}
