import { Badge } from '@mantine/core';
import type { HealthStatus } from '#shared/health.ts';

const colours: Readonly<Record<HealthStatus, string>> = {
  healthy: 'teal',
  degraded: 'yellow',
  unhealthy: 'red',
  unknown: 'gray',
};

/** How a part is, in a word. */
export function HealthBadge({ status }: { readonly status: HealthStatus }) {
  return <Badge color={colours[status]}>{status}</Badge>;
}
