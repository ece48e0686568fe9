import { ref } from '../hcl/value.ts';
import type { CloudFacts } from '../wire.ts';
import { systems } from './systems.ts';

/** IBM Cloud, for the wiring: apps of one Code Engine project reach each other below its subdomain. */
export const ibmFacts: CloudFacts = {
  cloud: 'ibm',
  volumes: false,
  scales: true,
  sets: 'user',
  hosts: false,
  managed: systems,
  address: (_label, _port, key) => [
    `http://${key}.`,
    ref('var.project_subdomain'),
    '.svc.cluster.local',
  ],
  publicHost: (key) => [
    `${key}.`,
    ref('var.project_subdomain'),
    '.',
    ref('var.region'),
    '.codeengine.appdomain.cloud',
  ],
};
