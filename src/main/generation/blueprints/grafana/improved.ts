import type { ScanResult, Service } from '#shared/scan.ts';
import type { Target } from '#shared/target.ts';
import { readDashboard } from '../../improve/grafana/read-dashboard.ts';
import { authorsOfKind, keptOr, pathsOfKind } from '../authors-texts.ts';
import type { Surroundings, WrittenFile } from '../blueprint.ts';
import { manifestsRead } from '../kubernetes/deployed.ts';
import { leftNotes } from '../left-notes.ts';
import { observedServices } from '../observability/observed.ts';
import { grafanaArtifacts, grafanaPath } from './grafana.ts';

/** What platform panels are made of where services tell nothing of their requests. */
const platform = 'container_cpu_usage_seconds_total';

/** The author's dashboards, our place, and what says how the services run. */
export function grafanaReads(
  project: ScanResult,
  _service: Service | null,
  target: Target,
): readonly string[] {
  return [
    ...pathsOfKind(project, 'grafana', [grafanaPath(project)], target),
    ...manifestsRead(project, target),
  ];
}

/**
 * Our dashboard, and the author's as they are, with what is to be said of them; ours is left out
 * where one of theirs shows the metrics of the services already.
 */
export function grafanaFiles(
  project: ScanResult,
  _service: Service | null,
  surroundings: Surroundings,
): readonly WrittenFile[] {
  const own = grafanaPath(project);
  const theirs = authorsOfKind(project, 'grafana', [own], surroundings).map((one) => ({
    ...one,
    dashboard: readDashboard(one.content),
  }));
  const shown = metricsOf(project, surroundings);
  const covers = theirs.find(({ dashboard }) =>
    dashboard.expressions.some((expression) => shown.some((metric) => expression.includes(metric))),
  );
  const beside = {
    line: 1,
    text: 'This dashboard shows the metrics of the services already, so ours is not written beside it.',
  };
  const files = theirs.map(
    ({ path, content, dashboard }): WrittenFile => ({
      kind: 'grafana',
      path,
      content,
      notes: leftNotes(path === covers?.path ? [beside, ...dashboard.left] : dashboard.left),
    }),
  );
  const ours = grafanaArtifacts(project, surroundings).map((one) => ({
    ...one,
    content: keptOr(surroundings, one.path, one.content),
  }));
  return covers ? files : [...ours, ...files];
}

function metricsOf(project: ScanResult, surroundings: Surroundings): readonly string[] {
  const found = observedServices(project, surroundings).flatMap(({ requests }) =>
    requests ? [requests.histogram ?? requests.count] : [],
  );
  return found.length > 0 ? found : [platform];
}
