import { ref } from '../hcl/value.ts';
import type { CloudFacts } from '../wire.ts';
import { systems } from './data/systems.ts';

/** Google Cloud, for the wiring: the addresses of Cloud Run follow from the project's number. */
export const gcpFacts: CloudFacts = {
  cloud: 'gcp',
  volumes: true,
  scales: true,
  sets: 'nothing',
  hosts: true,
  managed: systems,
  address: (_label, _port, key) => [
    'https://',
    ref('local.name'),
    `-${key}-`,
    ref('data.google_project.this.number'),
    '.',
    ref('var.region'),
    '.run.app',
  ],
};
