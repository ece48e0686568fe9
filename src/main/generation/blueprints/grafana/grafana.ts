import type { Artifact } from '#shared/artifact.ts';
import type { ScanResult } from '#shared/scan.ts';
import type { Surroundings } from '../blueprint.ts';
import { freePath } from '../free-path.ts';
import { dnsLabel, projectLabel } from '../names.ts';
import {
  containerMatchers,
  isJob,
  type Observed,
  observedServices,
  oneOf,
  podsOf,
} from '../observability/observed.ts';
import { errorBudget, recorded } from '../prometheus/slo-rules.ts';
import { layOut, type PanelFacts, type Row } from './panel.ts';
import { platformPanels } from './platform-row.ts';
import { requestPanels } from './request-row.ts';

/** Longest uid that Grafana takes. */
const maxUid = 40;

/**
 * `observability/grafana/<project>.json`: a dashboard of the golden signals that can be provisioned. Services
 * that tell of themselves in the same way share rows, which a variable repeats for each of them.
 * @throws OmegaError `INVALID_INPUT` where no service keeps running.
 */
export function grafanaArtifacts(
  project: ScanResult,
  surroundings: Surroundings,
): readonly Artifact[] {
  const label = projectLabel(project);
  const services = observedServices(project, surroundings);
  const content = `${JSON.stringify(dashboard(label, services), null, 2)}\n`;
  return [{ kind: 'grafana', path: grafanaPath(project), content }];
}

/** Where our dashboard lies, whatever stands there. */
export function grafanaPath(project: ScanResult): string {
  const name = `${projectLabel(project)}.json`;
  return freePath(project, `observability/grafana/${name}`, `observability-omega/grafana/${name}`);
}

/** Services with the same metrics, and the variable that holds the one that is looked at. */
type Group = {
  readonly variable: string;
  readonly label: string;
  readonly services: readonly Observed[];
  readonly panels: readonly PanelFacts[];
};

function groupsOf(services: readonly Observed[]): readonly Group[] {
  const keeps = services.filter((one) => !isJob(one));
  const alike = ({ requests, name, container }: Observed) =>
    JSON.stringify([requests, name === container]);
  const bySource = [...Map.groupBy(keeps, alike).values()];
  return bySource
    .sort((a, b) => Number(a[0]?.requests === null) - Number(b[0]?.requests === null))
    .map((some, index): Group => {
      const variable = index === 0 ? 'service' : `service_${index + 1}`;
      const requests = some[0]?.requests ?? null;
      return {
        variable,
        label: `Service (${requests?.source ?? 'platform'})`,
        services: some,
        panels:
          requests === null
            ? platformPanels(variable, containersOf(some, variable))
            : requestPanels(requests, variable, containersOf(some, variable)),
      };
    });
}

/** Matchers of the containers of the service that a variable holds. */
function containersOf(services: readonly Observed[], variable: string): string {
  if (services.every(({ name, container }) => name === container))
    return `container="$${variable}"`;
  const names = [...new Set(services.map(({ container }) => container))];
  return `${oneOf('container', names)},pod=~"${podsOf(`$${variable}`)}"`;
}

function dashboard(project: string, services: readonly Observed[]): object {
  const groups = groupsOf(services);
  const rows: readonly Row[] = [
    overview(project),
    ...groups.map(({ variable, panels }) => ({ title: `$${variable}`, repeat: variable, panels })),
  ];
  const search = encodeURIComponent(`label:project=${project}`);
  return {
    uid: dnsLabel(`${project}-golden-signals`, 'golden-signals', maxUid),
    title: `${project}: golden signals`,
    description:
      'Traffic, errors, latency and saturation of each service, by the metrics that it really exposes.',
    tags: [project, 'golden-signals'],
    schemaVersion: 41,
    version: 1,
    editable: true,
    graphTooltip: 1,
    refresh: '1m',
    time: { from: 'now-6h', to: 'now' },
    timezone: 'browser',
    links: [
      {
        title: 'Alerts',
        type: 'link',
        icon: 'bell',
        url: `/alerting/list?search=${search}`,
        tooltip: 'Alert rules of this project',
        tags: [],
        asDropdown: false,
        includeVars: false,
        keepTime: false,
        targetBlank: false,
      },
    ],
    annotations: { list: [] },
    templating: { list: variables(services, groups) },
    panels: layOut(rows),
  };
}

function variables(services: readonly Observed[], groups: readonly Group[]): readonly object[] {
  const pods = containerMatchers(services);
  return [
    { name: 'datasource', label: 'Data source', type: 'datasource', query: 'prometheus' },
    {
      name: 'namespace',
      label: 'Namespace',
      type: 'query',
      datasource: { type: 'prometheus', uid: '$datasource' },
      query: {
        query: `label_values(kube_pod_container_info{${pods}}, namespace)`,
        refId: 'namespace',
      },
      refresh: 2,
      multi: true,
      includeAll: true,
      allValue: '.*',
      current: { text: 'All', value: '$__all' },
    },
    ...groups.map(({ variable, label, services: some }) => ({
      name: variable,
      label,
      type: 'custom',
      query: some.map(({ name }) => name).join(','),
      multi: true,
      includeAll: true,
      current: { text: 'All', value: '$__all' },
    })),
  ];
}

function overview(project: string): Row {
  const own = `project="${project}",namespace=~"$namespace"`;
  return {
    title: 'Overview',
    repeat: null,
    panels: [
      {
        title: 'Alerts that fire',
        description: 'Of the rules in observability/prometheus. The link above leads to them.',
        type: 'stat',
        unit: 'short',
        limit: 1,
        queries: [
          {
            expr: `count(ALERTS{project="${project}",alertstate="firing"}) or vector(0)`,
            legend: 'firing',
          },
        ],
      },
      {
        title: 'Worst error rate, one hour',
        description: `Share of requests, or of time, that failed in the last hour, of the service that fails most. It needs the recording rules in observability/prometheus; ${errorBudget} is what the objective allows.`,
        type: 'stat',
        unit: 'percentunit',
        limit: errorBudget,
        queries: [{ expr: `max(${recorded.errors('1h')}{${own}})`, legend: 'failed' }],
      },
      {
        title: 'Error budget used in three days',
        description:
          'At 1 the service fails exactly as often as the objective of 99.9 % allows. It needs the recording rules in observability/prometheus.',
        type: 'stat',
        unit: 'short',
        limit: 1,
        queries: [
          {
            expr: `max(${recorded.errors('3d')}{${own}}) / ${errorBudget}`,
            legend: 'times the budget',
          },
        ],
      },
    ],
  };
}
