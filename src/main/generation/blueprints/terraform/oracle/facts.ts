import { ref } from '../hcl/value.ts';
import type { CloudFacts } from '../wire.ts';
import { systems } from './systems.ts';

/** Oracle Cloud, for the wiring: services reach each other through a private load balancer, by port. */
export const oracleFacts: CloudFacts = {
  cloud: 'oracle',
  hosts: true,
  volumes: false,
  scales: false,
  sets: 'user and group',
  managed: systems,
  address: (_label, port) => ['http://', ref('module.inside.address'), `:${port}`],
};
