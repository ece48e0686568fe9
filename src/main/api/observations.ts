import { z } from 'zod';
import type { Clock } from '#main/core/clock.ts';
import { type AsyncResource, DisposableStore } from '#main/core/disposable.ts';
import type { Logger } from '#main/core/logger.ts';
import { allOf, createMetrics, type Metrics } from '#main/core/metrics/metrics.ts';
import { OperationRecorder } from '#main/core/metrics/operation-recorder.ts';
import { ProcessWatch } from '#main/core/metrics/process-metrics.ts';
import { exportRuntimeMetrics, runtimeMetrics } from '#main/core/metrics/runtime-metrics.ts';
import type { Storage } from '#main/storage/storage.ts';
import type { TelemetryRow } from '#main/storage/telemetry-store.ts';
import { type TelemetrySnapshot, TelemetryWriter } from '#main/storage/telemetry-writer.ts';
import { type InstanceHealth, runtimeHealthSchema } from '#shared/health-view.ts';
import {
  type InstanceMetrics,
  type MetricsSnapshot,
  type MetricsView,
  metricsSnapshotSchema,
} from '#shared/metrics.ts';
import type { RuntimeHealth } from '#shared/runtime.ts';

/** What {@link Observations} stand on. */
export type ObservationsOptions = {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly door: string;
};

/** What is told beside the own figures, once the store is open. */
export type Published = {
  readonly storage: Storage;
  readonly health: () => RuntimeHealth;
  /** Registries of others, whose counters are exported too. */
  readonly registries: () => readonly Metrics[];
};

/** The figures of this process, and how other processes on the data folder read them. */
export class Observations implements AsyncResource {
  readonly metrics: Metrics = createMetrics();
  /** Calls of the runtime, by the name of its api's method. */
  readonly operations: OperationRecorder;
  /** Calls through the door, by route. */
  readonly routes: OperationRecorder;
  readonly #options: ObservationsOptions;
  readonly #process: ProcessWatch;
  readonly #resources = new DisposableStore();
  #published: Published | null = null;

  constructor(options: ObservationsOptions) {
    this.#options = options;
    const recorder = (noun: string, help: string) =>
      new OperationRecorder(this.metrics, { noun, help });
    this.operations = recorder('operation', 'Calls of the runtime, in seconds.');
    this.routes = recorder('route', 'Calls through a door, in seconds.');
    exportRuntimeMetrics(this.metrics, () => runtimeMetrics(this.operations));
    this.#process = this.#resources.add(new ProcessWatch(this.metrics));
  }

  /**
   * Writes the figures into the store from now on, for other processes, and reads theirs there. What
   * it returns ends that, and is disposed of before the store is closed.
   */
  publish(published: Published): AsyncResource {
    this.#published = published;
    const { clock, door, logger } = this.#options;
    // A command is over before anyone could read its row.
    if (door === 'cli') return { dispose: () => undefined };
    return new TelemetryWriter({
      store: published.storage.telemetry,
      clock,
      door,
      snapshot: () => this.#telemetry(),
      onError: (err) => logger.warn({ err }, 'Figures could not be written to the store.'),
    });
  }

  /** The figures of this process and of the apps that run on the same data folder. */
  async view(): Promise<MetricsView> {
    const running = this.#published?.storage.telemetry.running() ?? [];
    const instances = running.flatMap(instanceMetrics);
    return { ...(await this.#snapshot()), instances };
  }

  /** How the apps that run on the same data folder were when they told of themselves last. */
  instancesHealth(): readonly InstanceHealth[] {
    const running = this.#published?.storage.telemetry.running() ?? [];
    return running.flatMap(instanceHealth);
  }

  dispose(): Promise<void> {
    return this.#resources.dispose();
  }

  async #snapshot(): Promise<MetricsSnapshot> {
    return {
      runtime: runtimeMetrics(this.operations),
      routes: this.routes.view(),
      process: this.#process.view(),
      prometheus: await allOf([this.metrics, ...(this.#published?.registries() ?? [])]),
    };
  }

  async #telemetry(): Promise<TelemetrySnapshot> {
    const snapshot = await this.#snapshot();
    const health = this.#published?.health() ?? null;
    const states = health?.subsystems.map(({ name, status }) => [name, status]);
    const mark = JSON.stringify([snapshot.runtime, snapshot.routes, health?.state, states]);
    const text = health === null ? null : JSON.stringify(health);
    return { metrics: JSON.stringify(snapshot), health: text, mark };
  }
}

/** Nothing where another version of the app wrote what this one cannot read. */
function instanceMetrics({ instance, door, pid, at, metrics }: TelemetryRow): InstanceMetrics[] {
  const parsed = ofText(metricsSnapshotSchema).safeParse(metrics);
  return parsed.success ? [{ ...parsed.data, instance, door, pid, at }] : [];
}

function instanceHealth({ instance, door, pid, at, health }: TelemetryRow): InstanceHealth[] {
  const parsed = ofText(runtimeHealthSchema).safeParse(health);
  return parsed.success ? [{ ...parsed.data, instance, door, pid, at }] : [];
}

function ofText<T>(schema: z.ZodType<T>) {
  return z
    .string()
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue('This is no JSON.');
        return z.NEVER;
      }
    })
    .pipe(schema);
}
