import { ref } from '../hcl/value.ts';
import { keyOf } from '../stack.ts';
import type { CloudFacts } from '../wire.ts';
import { systems } from './data/systems.ts';

/** Google Cloud, for the wiring: the addresses of Cloud Run follow from the project's number. */
export const gcpFacts: CloudFacts = {
  cloud: 'gcp',
  volumes: true,
  hosts: true,
  managed: systems,
  address: (label) => [
    'https://',
    ref('local.name'),
    `-${keyOf(label)}-`,
    ref('data.google_project.this.number'),
    '.',
    ref('var.region'),
    '.run.app',
  ],
};
