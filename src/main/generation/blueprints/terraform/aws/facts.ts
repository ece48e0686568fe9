import type { CloudFacts } from '../wire.ts';
import { brokers } from './data/brokers.ts';
import { relational } from './data/relational.ts';
import { stores } from './data/stores.ts';

/** AWS, for the wiring: services reach each other through ECS Service Connect or the cluster's DNS. */
export const awsFacts: CloudFacts = {
  cloud: 'aws',
  volumes: true,
  scales: true,
  sets: 'user and group',
  hosts: true,
  managed: { ...relational, ...stores, ...brokers },
  address: (_label, port, key) => [`http://${key}:${port}`],
};
