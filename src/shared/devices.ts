import type { Health } from './health.ts';

/** Execution providers of onnxruntime that this app knows. */
export const deviceNames = ['cpu', 'webgpu', 'cuda', 'coreml', 'dml'] as const;

/** One of {@link deviceNames}. */
export type DeviceName = (typeof deviceNames)[number];

/** Whether a device really computes here: it was opened and used in a process of its own. */
export type DeviceProbe = {
  readonly device: DeviceName;
  readonly opens: boolean;
  /** Why it does not open; null where it does. */
  readonly reason: string | null;
  /** How long the trial took, starting its process included. */
  readonly ms: number;
};

/** What a device route did since the app started. */
export type RouteCounters = {
  /** Calls that the GPU answered, and calls that the CPU answered. */
  readonly gpu: number;
  readonly cpu: number;
  /** Batches that were halved because the GPU's memory did not hold them. */
  readonly splits: number;
  /** Calls that went to the CPU after a fault of the GPU, by fault. */
  readonly fallbacks: Readonly<Record<'memory' | 'driver' | 'died', number>>;
  /** How often the GPU was left alone after repeated faults, and whether it is now. */
  readonly latches: number;
  readonly latched: boolean;
};

/** The machine's devices as they were tried, and the one that embeddings run on. */
export type DeviceReport = {
  readonly probes: readonly DeviceProbe[];
  /** What the next call runs on; null where not even the CPU can (the model is missing). */
  readonly chosen: DeviceName | null;
  /** Why that one. */
  readonly reason: string;
  /** Sessions side by side, and threads of each, on the CPU. */
  readonly slots: number;
  readonly threads: number;
  readonly route: RouteCounters;
  /** How embeddings and vector search are. */
  readonly health: readonly Health[];
};

/** What embedding a few sentences showed. Cosines are of a paraphrase and of an unrelated pair. */
export type DeviceTest = {
  /** Devices that really computed, most texts first. */
  readonly devices: readonly DeviceName[];
  readonly texts: number;
  readonly textsPerSecond: number;
  readonly dimensions: number;
  readonly paraphraseCosine: number;
  readonly unrelatedCosine: number;
};
