import type { ScanResult } from '#shared/scan.ts';
import type { CollectorMode } from '#shared/target.ts';
import { freePath } from '../free-path.ts';

const folder = 'observability/collector';

/** Where our files lie, whatever stands there. */
export function collectorPaths(project: ScanResult, mode: CollectorMode): readonly string[] {
  const names =
    mode === 'gateway'
      ? ['collector.yaml', 'servicemonitor.yaml']
      : ['sidecar/collector.yaml', 'sidecar/kustomization.yaml', 'sidecar/podmonitor.yaml'];
  return names.map((name) => collectorPath(project, name));
}

/** The place of one of our files, by its path within their folder. */
export function collectorPath(project: ScanResult, name: string): string {
  return freePath(project, `${folder}/${name}`, `observability-omega/collector/${name}`);
}
