import { throwIfCancelled } from '#main/core/abort.ts';
import type { AsyncResource } from '#main/core/disposable.ts';
import { untilAborted } from '#main/core/until-aborted.ts';
import type { DeviceName, DeviceProbe, DeviceReport, DeviceTest } from '#shared/devices.ts';
import type { AccelerationSettings } from './acceleration-options.ts';
import type { SpawnCompute } from './compute/compute-port.ts';
import { ComputeProcess } from './compute/compute-process.ts';
import { maxTextsPerRequest } from './compute/protocol.ts';
import { gpuCandidates } from './devices/candidates.ts';
import { type DeviceOperation, type DeviceRoute, deviceRoute } from './devices/device-route.ts';
import { probeDevice } from './devices/probe.ts';
import { testDevices } from './devices/test-devices.ts';
import { type EmbeddedText, type Embeddings, embedTexts } from './embeddings/embed-texts.ts';

/**
 * Longest that one request of at most 64 texts may take, its process' start included, in ms; then
 * the process counts as hung. A GPU is given up sooner: the CPU takes over.
 */
const cpuRequestMs = 120_000;
const gpuRequestMs = 30_000;
/** A CPU's slots end together when requests are small; a GPU is idle unless they are large. */
const cpuRequest = { texts: 16, units: 4096 };
const gpuRequest = { texts: maxTextsPerRequest, units: 65_536 };

/** What acceleration is opened with. */
export type AccelerationOptions = {
  /** Starts a compute process. */
  readonly spawn: SpawnCompute;
  /** Absolute folder of `manifest.json` and the models. */
  readonly modelsFolder: string;
  /** Asked whenever it matters; may throw `INVALID_INPUT`. */
  readonly settings: () => AccelerationSettings;
  /** GPU providers worth a trial; those of this platform where absent. */
  readonly candidates?: readonly DeviceName[];
  /** Deadline of one request to a GPU, in ms; 30 s where absent. */
  readonly gpuRequestMs?: number;
};

/**
 * The accelerated operations of the app. Nothing starts before it is needed: the first call tries
 * the platform's GPUs, each in a process of its own, then sessions open in compute processes.
 */
export class Acceleration implements AsyncResource {
  readonly #options: AccelerationOptions;
  readonly #processes = new Map<DeviceName, ComputeProcess>();
  readonly #closing = new AbortController();
  #gpu: Promise<DeviceName | null> | null = null;
  #probing: Promise<readonly DeviceProbe[]> | null = null;
  #route: DeviceRoute<string, EmbeddedText> | null = null;

  constructor(options: AccelerationOptions) {
    this.#options = options;
  }

  /** See {@link embedTexts}. Fails with `UNAVAILABLE` where the model is missing. */
  async embedTexts(texts: readonly string[], signal?: AbortSignal): Promise<Embeddings> {
    const route = await untilAborted(this.#routeOnce(), signal);
    const { slots, preferGpu } = this.#options.settings();
    const request = preferGpu && (await this.#gpu) !== null ? gpuRequest : cpuRequest;
    // One request more than slots, so that none waits for its next.
    return embedTexts(route.run, { inFlight: slots + 1, request }, texts, signal);
  }

  /** Tries every device of the platform anew and says which one calls run on. */
  async devices(signal?: AbortSignal): Promise<DeviceReport> {
    const settings = this.#options.settings();
    // Who asks meanwhile shares the trials: each starts a process.
    this.#probing ??= this.#probe().finally(() => {
      this.#probing = null;
    });
    const probes = await untilAborted(this.#probing, signal);
    const found = probes.find(({ device, opens }) => device !== 'cpu' && opens)?.device ?? null;
    this.#gpu ??= Promise.resolve(settings.preferGpu ? found : null);
    const gpu = await this.#gpu;
    const route = await this.#routeOnce();
    const counters = route.counters();
    const opens = (device: DeviceName | null): boolean =>
      probes.some((probe) => probe.device === device && probe.opens);
    const usesGpu = gpu !== null && settings.preferGpu && !counters.latched;
    const chosen = usesGpu ? gpu : opens('cpu') ? 'cpu' : null;
    return {
      probes,
      chosen,
      reason: this.#reason(chosen, gpu, counters.latched),
      slots: settings.slots,
      threads: settings.threads,
      route: counters,
    };
  }

  /** Embeds a few sentences and says how fast, on which device, and whether like is like. */
  test(signal?: AbortSignal): Promise<DeviceTest> {
    return testDevices((texts) => this.embedTexts(texts, signal));
  }

  dispose(): void {
    this.#closing.abort();
    for (const process of this.#processes.values()) process.dispose();
  }

  #candidates(): readonly DeviceName[] {
    return this.#options.candidates ?? gpuCandidates(process.platform, process.arch);
  }

  #reason(chosen: DeviceName | null, gpu: DeviceName | null, latched: boolean): string {
    if (chosen === null) return 'No device computes; the probes say why.';
    if (chosen === gpu) return 'It is the first GPU that opened.';
    if (!this.#options.settings().preferGpu) return 'OMEGA_DEVICE asks for the CPU.';
    if (latched) return `The GPU (${gpu}) kept failing and is left alone for a while.`;
    return 'No GPU opens on this machine.';
  }

  async #probe(): Promise<readonly DeviceProbe[]> {
    const { spawn, modelsFolder } = this.#options;
    const probes: DeviceProbe[] = [];
    // One after the other: together they would measure each other.
    for (const device of [...this.#candidates(), 'cpu'] as const) {
      probes.push(await probeDevice(spawn, modelsFolder, device, this.#closing.signal));
    }
    return probes;
  }

  async #findGpu(): Promise<DeviceName | null> {
    const { spawn, modelsFolder } = this.#options;
    if (!this.#options.settings().preferGpu) return null;
    for (const device of this.#candidates()) {
      const { opens } = await probeDevice(spawn, modelsFolder, device, this.#closing.signal);
      if (opens) return device;
    }
    return null;
  }

  async #routeOnce(): Promise<DeviceRoute<string, EmbeddedText>> {
    this.#gpu ??= this.#findGpu().catch((error: unknown) => {
      this.#gpu = null;
      throw error;
    });
    const gpu = await this.#gpu;
    throwIfCancelled(this.#closing.signal);
    this.#route ??= deviceRoute({
      cpu: this.#embedOn('cpu', 1),
      // The CPU answers at once for a GPU's process that died; a second death would only cost time.
      gpu: gpu === null ? null : this.#embedOn(gpu, 0),
      preferGpu: () => this.#options.settings().preferGpu,
    });
    return this.#route;
  }

  #embedOn(device: DeviceName, retries: number): DeviceOperation<string, EmbeddedText> {
    const { spawn, modelsFolder } = this.#options;
    const settings = this.#options.settings();
    const open = { modelsFolder, device, slots: settings.slots, threads: settings.threads };
    const gpuMs = this.#options.gpuRequestMs ?? gpuRequestMs;
    const deadlineMs = device === 'cpu' ? cpuRequestMs : gpuMs;
    const process = new ComputeProcess({ spawn, open, retries });
    this.#processes.set(device, process);
    return async (texts, signal) => {
      const { vectors, device: ran } = await process.embed(texts, {
        signal,
        deadlineMs,
      });
      const width = texts.length === 0 ? 0 : vectors.length / texts.length;
      return texts.map((_, row) => ({
        vector: vectors.subarray(row * width, (row + 1) * width),
        device: ran,
      }));
    };
  }
}
