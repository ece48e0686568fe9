import { ref } from '../hcl/value.ts';
import type { CloudFacts } from '../wire.ts';
import { systems } from './data/systems.ts';

/** Azure, for the wiring: apps of one environment reach each other by name. */
export const azureFacts: CloudFacts = {
  cloud: 'azure',
  volumes: true,
  scales: true,
  sets: 'nothing',
  hosts: false,
  managed: systems,
  address: (_label, _port, key) => [`http://${key}`],
  publicHost: (key) => [`${key}.`, ref('module.platform.domain')],
};
