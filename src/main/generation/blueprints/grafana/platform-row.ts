import type { PanelFacts } from './panel.ts';

/** How much of its processor's request and of its memory's limit a service uses; `containers` are matchers of its own. */
export function saturation(containers: string): PanelFacts {
  const own = `namespace=~"$namespace",${containers}`;
  const share = (used: string, of: string, resource: string) =>
    `sum by (pod) (${used})\n/ sum by (pod) (${of}{${own},resource="${resource}"})`;
  return {
    title: 'Saturation',
    description:
      'Share of the requested processor and of the allowed memory that each pod uses (cAdvisor, kube-state-metrics). Above 1 the processor is borrowed; at 1 of memory the kernel ends the pod.',
    unit: 'percentunit',
    limit: 0.9,
    queries: [
      {
        expr: share(
          `rate(container_cpu_usage_seconds_total{${own}}[$__rate_interval])`,
          'kube_pod_container_resource_requests',
          'cpu',
        ),
        legend: 'cpu {{pod}}',
      },
      {
        expr: share(
          `container_memory_working_set_bytes{${own}}`,
          'kube_pod_container_resource_limits',
          'memory',
        ),
        legend: 'memory {{pod}}',
      },
    ],
  };
}

/** What the platform knows of services that tell nothing of their requests themselves. */
export function platformPanels(variable: string, containers: string): readonly PanelFacts[] {
  const deployment = `namespace=~"$namespace",deployment="$${variable}"`;
  const pods = `namespace=~"$namespace",pod=~"$${variable}-[^-]+-[^-]+"`;
  const silent =
    'The service exposes no metrics of its requests, so this is what the platform sees';
  return [
    {
      title: 'Traffic (network)',
      description: `${silent}: bytes that its pods receive and send (cAdvisor).`,
      unit: 'Bps',
      queries: [
        {
          expr: `sum(rate(container_network_receive_bytes_total{${pods}}[$__rate_interval]))`,
          legend: 'received',
        },
        {
          expr: `sum(rate(container_network_transmit_bytes_total{${pods}}[$__rate_interval]))`,
          legend: 'sent',
        },
      ],
    },
    {
      title: 'Errors (restarts)',
      description: `${silent}: restarts of its container (kube-state-metrics).`,
      unit: 'short',
      limit: 1,
      queries: [
        {
          expr: `sum by (pod) (increase(kube_pod_container_status_restarts_total{namespace=~"$namespace",${containers}}[$__rate_interval]))`,
          legend: '{{pod}}',
        },
      ],
    },
    {
      title: 'Pods ready',
      description: `${silent}: pods that are ready, and that are wanted (kube-state-metrics).`,
      unit: 'short',
      queries: [
        { expr: `sum(kube_deployment_status_replicas_available{${deployment}})`, legend: 'ready' },
        { expr: `sum(kube_deployment_spec_replicas{${deployment}})`, legend: 'wanted' },
      ],
    },
    saturation(containers),
  ];
}
