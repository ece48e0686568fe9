import type { Repository } from './repositories.ts';

/** Public projects that the whole catalogue is generated for: more than 30 services of 12 languages. */
export const catalogueCorpus: readonly Repository[] = [
  { name: 'healthchecks/healthchecks', commit: '29b5ec251059034b79e0120e2ff0c3e35d7bd9f8' },
  { name: 'umami-software/umami', commit: 'c0ea3aefbee7a3429ee2f824b06dc4a9dbe0b7e1' },
  { name: 'dani-garcia/vaultwarden', commit: '46d71107f5094460dd5ecbe1dbac6e6c71e5189a' },
  { name: 'lobsters/lobsters', commit: '57268d762e1c2c95b7a8e64ee8deb259cddd8cc0' },
  { name: 'gotify/server', commit: 'd543a8aad22fcbebf25e76d201b4317882b5e148' },
  { name: 'dotnet/eShop', commit: '5624ad564d1602a927879df32a79b94522eb6101' },
  { name: 'dockersamples/example-voting-app', commit: '63e9150ca17af4ed05880d4245e486481f73fcb4' },
  { name: 'louislam/uptime-kuma', commit: '6398a9581d1c3c427a7536559f47ccf45dac08b4' },
  {
    name: 'spring-petclinic/spring-petclinic-microservices',
    commit: '9a76b4e34cd75f3d6bfa6f15775bf996c59e8989',
  },
  { name: 'monicahq/monica', commit: 'e08e91734170b6bbd582cb578532c3948196124e' },
  { name: 'livebook-dev/livebook', commit: '1c0941f67571cd494117897d260c39731e0a1062' },
  { name: 'civetweb/civetweb', commit: '588860e30721bf5453b0440c390865a8e85dcae5' },
  { name: 'ktorio/ktor-samples', commit: '42a258b59afd1b2a53e42304b1c5b1bd1dc1cdcb' },
  {
    name: 'GoogleCloudPlatform/microservices-demo',
    commit: '34ffea9175946982c3088ed84994fe6019ad6e92',
  },
];
