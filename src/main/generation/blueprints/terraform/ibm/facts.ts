import { ref } from '../hcl/value.ts';
import { keyOf } from '../stack.ts';
import type { CloudFacts } from '../wire.ts';
import { systems } from './systems.ts';

/** IBM Cloud, for the wiring: apps of one Code Engine project reach each other below its subdomain. */
export const ibmFacts: CloudFacts = {
  cloud: 'ibm',
  volumes: false,
  hosts: false,
  managed: systems,
  address: (label) => [
    `http://${keyOf(label)}.`,
    ref('var.project_subdomain'),
    '.svc.cluster.local',
  ],
};
