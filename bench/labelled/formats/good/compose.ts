import { filesOf } from '../../good-files.ts';
import type { GoodFile } from '../../labelled.ts';

/** Compose files that their projects use, drawn at random, one of a repository. */
export const good: readonly GoodFile[] = [
  ...filesOf('grafana/intro-to-mltp', 'c65fde48e7fa4a783a8ed82037e1de39667b8c3b', [
    'docker-compose.yml',
  ]),
  ...filesOf(
    'spring-petclinic/spring-petclinic-microservices',
    '9a76b4e34cd75f3d6bfa6f15775bf996c59e8989',
    ['docker-compose.yml'],
  ),
  ...filesOf('letsencrypt/website', 'b89871ef735cbb447f8d72c86146fcc8e62fc4ab', [
    'docker-compose.yml',
  ]),
  ...filesOf('denoland/examples', '41ec3b36ec5de144aad646362ddf06575c59df75', [
    'on-digital-ocean/docker-compose.yml',
  ]),
  ...filesOf('truffle-app/truffle', '631a61d0587b55985856384d2a3f58cb1cb10b2b', [
    'docker-compose.yml',
  ]),
  ...filesOf('hagopj13/node-express-boilerplate', '179ae84efec61b14206d0305d941daed6c6d07f9', [
    'docker-compose.dev.yml',
  ]),
  ...filesOf('open-telemetry/opentelemetry-demo', '054282e318317f2be09f67dd9b0d7d1278566cfa', [
    'compose.yaml',
  ]),
  ...filesOf('dani-garcia/vaultwarden', '46d71107f5094460dd5ecbe1dbac6e6c71e5189a', [
    'playwright/docker-compose.yml',
  ]),
  ...filesOf('lobsters/lobsters', '57268d762e1c2c95b7a8e64ee8deb259cddd8cc0', [
    'docker-compose.yaml',
  ]),
  ...filesOf('louislam/uptime-kuma', '6398a9581d1c3c427a7536559f47ccf45dac08b4', ['compose.yaml']),
  ...filesOf('stefanprodan/podinfo', 'eec06d1ea459af4cb4e10e806f8be7c7bd58b361', [
    'otel/docker-compose.yaml',
  ]),
  ...filesOf(
    'microservices-patterns/ftgo-application',
    '558dfc53b11d30a5f1d995c0c6d58d5106c28189',
    ['docker-compose-api-gateway-graphql.yml'],
  ),
  ...filesOf('outline/outline', 'd77dcdf853868c5d5fe125c895c9b71f0eff5c68', ['docker-compose.yml']),
  ...filesOf('monicahq/monica', 'e08e91734170b6bbd582cb578532c3948196124e', ['docker-compose.yml']),
  ...filesOf('nextcloud/docker', '4de1eed65a44c61ecce601ef1d27abd2059b52e6', [
    '.examples/docker-compose/with-nginx-proxy/mariadb/apache/compose.yaml',
  ]),
  ...filesOf('arcanedemesne/bun-elysia-react', 'ce876c513b1e0425f888f5e2d4a2cfee777dcc81', [
    'docker-compose.yml',
  ]),
  ...filesOf(
    'rydnj/SyncBoard-Collaborative-Kanban-Board',
    'e9ec6e4b71773bad89d20af8b1eb081c174ff67b',
    ['docker-compose.yml'],
  ),
  ...filesOf('instana/robot-shop', '55292e2199f2fb00a165b1f7d3045fe7f8922038', [
    'docker-compose-load.yaml',
  ]),
  ...filesOf('dockersamples/example-voting-app', '63e9150ca17af4ed05880d4245e486481f73fcb4', [
    'docker-compose.images.yml',
  ]),
  ...filesOf('Drakkar-Software/OctoBot', '66c87d6f4fae35f06f5e493ae0d3530e24163511', [
    'docker-compose.https.yml',
  ]),
  ...filesOf('umami-software/umami', 'c0ea3aefbee7a3429ee2f824b06dc4a9dbe0b7e1', [
    'cypress/docker-compose.yml',
  ]),
  ...filesOf('lib/pq', 'f4654a41a62bc974ea825de270c44f577721205e', ['compose.yaml']),
  ...filesOf('fastapi/full-stack-fastapi-template', '68adb40d37425f6f8668ec7e5a054500d045e43e', [
    'compose.override.yml',
  ]),
  ...filesOf(
    'aldoignatachandra/Bun-Elysiajs-Paseto-Boilerplate',
    'bd7dd1dc736fe1a93e021b8c4768c517a7290d86',
    ['docker/compose/docker-compose.observability.yaml'],
  ),
];
