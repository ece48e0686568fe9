import { Registry } from 'prom-client';

/** Where a part of the app registers its counters; one a process, made by the api. */
export type Metrics = Registry;

/** An empty registry. The library's global one is never used: two apps in a process would share it. */
export function createMetrics(): Metrics {
  return new Registry();
}

/** Prometheus' text of all counters of several registries; no two may have one of the same name. */
export function allOf(registries: readonly Metrics[]): Promise<string> {
  return Registry.merge([...registries]).metrics();
}
