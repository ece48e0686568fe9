import type { AsyncResource } from '#main/core/disposable.ts';
import { DisposableStore } from '#main/core/disposable.ts';
import { type Live, livePart } from '#main/core/live.ts';
import { createMetrics, type Metrics } from '#main/core/metrics/metrics.ts';
import { untilAborted } from '#main/core/until-aborted.ts';
import type { VectorStore } from '#main/storage/vectors/vector-store.ts';
import type { DeviceName, DeviceReport, DeviceTest } from '#shared/devices.ts';
import { type AccelerationSettings, threadsOf } from './acceleration-options.ts';
import type { SpawnCompute } from './compute/compute-port.ts';
import { DeviceProcesses, type DeviceProcessesOptions } from './devices/device-processes.ts';
import { type DeviceRoute, deviceRoute } from './devices/device-route.ts';
import { GpuFinder, type GpuFinderOptions } from './devices/gpu-finder.ts';
import { RouteMetrics } from './devices/route-metrics.ts';
import { testDevices } from './devices/test-devices.ts';
import { EmbedMetrics } from './embeddings/embed-metrics.ts';
import { embedOnDevice } from './embeddings/embed-on-device.ts';
import { type EmbeddedText, type Embeddings, embedTexts } from './embeddings/embed-texts.ts';
import { embeddingsHealth } from './embeddings/embeddings-health.ts';
import { modelIdentity } from './embeddings/model-files.ts';
import { requestLimit } from './embeddings/request-limit.ts';
import { SingleTexts } from './embeddings/single-texts.ts';
import type { IndexSetting } from './vectors/choice/index-setting.ts';
import { VectorIndex } from './vectors/vector-index.ts';

/** What sessions are taken through when they open: short texts of a few lengths. */
const firstTexts = [2, 8, 16, 12, 10].map((words) => 'port '.repeat(words));

/** What acceleration is opened with. */
export type AccelerationOptions = GpuFinderOptions &
  DeviceProcessesOptions & {
    readonly settings: Live<AccelerationSettings>;
    /** Where vectors are kept, and the files of their indexes; without it there is no search for them. */
    readonly vectors?: {
      readonly store: VectorStore;
      readonly folder: string;
      /** What graph engines are made with; left to them where absent. */
      readonly graph?: Live<IndexSetting>;
    };
    /** Where counters are kept; a registry of its own where absent. Takes one acceleration only. */
    readonly metrics?: Metrics;
  };

/**
 * The accelerated operations of the app. Nothing starts before it is needed: the first call tries
 * the platform's GPUs, each in a process of its own, then sessions open in compute processes. A
 * change of settings takes effect at once, without a call that fails for it.
 */
export class Acceleration implements AsyncResource {
  /** Search by vector; null where acceleration was opened without a store for them. */
  readonly vectors: VectorIndex | null;
  readonly #settings: Live<AccelerationSettings>;
  readonly #gpus: GpuFinder;
  readonly #processes: DeviceProcesses;
  readonly #route: DeviceRoute<string, EmbeddedText>;
  readonly #routeMetrics: RouteMetrics;
  readonly #metrics: EmbedMetrics;
  readonly #singles: SingleTexts;
  readonly #resources = new DisposableStore();

  readonly #modelsFolder: string;

  constructor(options: AccelerationOptions) {
    this.#modelsFolder = options.modelsFolder;
    const registry = options.metrics ?? createMetrics();
    this.#settings = options.settings;
    this.#gpus = this.#resources.add(new GpuFinder(options));
    this.#processes = this.#resources.add(new DeviceProcesses(options, this.#settings.current));
    this.vectors = options.vectors
      ? this.#openVectors(options.spawn, options.vectors, registry)
      : null;
    this.#metrics = new EmbedMetrics(registry, () => this.#singles.queued);
    this.#routeMetrics = new RouteMetrics(registry);
    this.#route = deviceRoute({
      cpu: this.#embedOn('cpu'),
      gpu: () => {
        const device = this.#gpu();
        return device === null ? null : { device, run: this.#embedOn(device) };
      },
      metrics: this.#routeMetrics,
    });
    this.#singles = new SingleTexts(
      (texts, signal) => this.#embed(texts, signal),
      this.#settings.current,
      (report) => this.#metrics.batched(report),
    );
    const stop = this.#settings.listen((next) => {
      this.#singles.apply(next);
      this.#processes.apply(next);
    });
    this.#resources.add({ dispose: stop });
  }

  /** Sessions side by side, as set. */
  get slots(): number {
    return this.#settings.current.slots;
  }

  /** See {@link modelIdentity}. */
  modelIdentity(): Promise<string> {
    return modelIdentity(this.#modelsFolder);
  }

  /** How single texts are grouped into micro-batches, and the bound of that. */
  get microBatches(): Pick<SingleTexts, 'figures' | 'setBound'> {
    return this.#singles;
  }

  /** Whether texts were embedded already, so that the next one need not wait for a start. */
  get isOpen(): boolean {
    return this.#processes.isOpen;
  }

  /** Whether the GPU kept failing and is left alone for a while. */
  get isLatched(): boolean {
    return this.#route.latched();
  }

  /** See {@link embedTexts}. Fails with `UNAVAILABLE` where the model is missing. */
  embedTexts(texts: readonly string[], signal?: AbortSignal): Promise<Embeddings> {
    return this.#metrics.called('texts', () => this.#embed(texts, signal));
  }

  /**
   * The vector of one text, as {@link embedTexts} gives it: single calls that come together are
   * embedded together. Fails as that does, or with a retryable `UNAVAILABLE` where too many wait.
   */
  embedText(text: string, signal?: AbortSignal): Promise<Float32Array> {
    return this.#metrics.called('text', () => this.#singles.embed(text, signal));
  }

  /** Tries every device of the platform anew and says which one calls run on. */
  async devices(signal?: AbortSignal): Promise<DeviceReport> {
    const probes = await untilAborted(this.#gpus.probe(), signal);
    const latched = this.#route.latched();
    const cpuOpens = probes.some(({ device, opens }) => device === 'cpu' && opens);
    const chosen = (latched ? null : this.#gpu()) ?? (cpuOpens ? 'cpu' : null);
    const { slots } = this.#settings.current;
    return {
      probes,
      chosen,
      reason: this.#reason(chosen, latched),
      slots,
      threads: threadsOf(this.#settings.current),
      route: { ...(await this.#routeMetrics.counters()), latched },
      health: [
        embeddingsHealth(chosen, latched, probes),
        ...(this.vectors ? [this.vectors.health] : []),
      ],
    };
  }

  /** Embeds a few sentences and says how fast, on which device, and whether like is like. */
  test(signal?: AbortSignal): Promise<DeviceTest> {
    return testDevices((texts) => this.embedTexts(texts, signal));
  }

  /**
   * Opens the sessions that the next call will use and takes them through a few calls, whose first
   * are slower. Fails as {@link embedTexts} does.
   */
  async open(signal: AbortSignal): Promise<void> {
    const gpu = await this.#findGpu(signal);
    await this.#processes.open(gpu ?? 'cpu', signal);
    for (const text of firstTexts) {
      const each = Array.from({ length: this.#settings.current.slots }, () => text);
      await Promise.all(each.map((one) => this.#singles.embed(one, signal)));
    }
  }

  /** Tries the platform's GPUs, unless that has been done or the CPU is asked for. */
  async findDevice(signal: AbortSignal): Promise<void> {
    await this.#findGpu(signal);
  }

  dispose(): Promise<void> {
    return this.#resources.dispose();
  }

  async #embed(texts: readonly string[], signal: AbortSignal | undefined): Promise<Embeddings> {
    const gpu = await this.#findGpu(signal);
    const { slots, maxBatch } = this.#settings.current;
    const request = requestLimit(gpu ?? 'cpu', maxBatch);
    // One request more than slots, so that none waits for its next.
    return embedTexts(this.#route.run, { inFlight: slots + 1, request }, texts, signal);
  }

  #openVectors(
    spawn: SpawnCompute,
    where: NonNullable<AccelerationOptions['vectors']>,
    metrics: Metrics,
  ): VectorIndex {
    const engine = livePart(this.#settings, ({ vectorEngine }) => vectorEngine);
    const gpu = () => this.#findGpu(undefined);
    return this.#resources.add(new VectorIndex({ spawn, ...where, engine, gpu, metrics }));
  }

  /** The GPU that calls run on now; null where they run on the CPU. */
  #gpu(): DeviceName | null {
    return this.#settings.current.device === 'cpu' ? null : this.#gpus.found;
  }

  #findGpu(signal: AbortSignal | undefined): Promise<DeviceName | null> {
    if (this.#settings.current.device === 'cpu') return Promise.resolve(null);
    return untilAborted(this.#gpus.find(), signal);
  }

  #embedOn(device: DeviceName) {
    const { compute, deadlineMs } = this.#processes.of(device);
    return embedOnDevice(device, compute, deadlineMs, this.#metrics);
  }

  #reason(chosen: DeviceName | null, latched: boolean): string {
    if (chosen === null) return 'No device computes; the probes say why.';
    if (chosen !== 'cpu') return 'It is the first GPU that opened.';
    if (this.#settings.current.device === 'cpu')
      return 'The settings ask for the CPU (OMEGA_DEVICE).';
    if (latched) return `The GPU (${this.#gpus.found}) kept failing and is left alone for a while.`;
    return 'No GPU opens on this machine.';
  }
}
