import { filesOf } from '../../good-files.ts';
import type { GoodFile } from '../../labelled.ts';

/** Dockerfiles that their projects build, drawn at random, one of a repository. */
export const good: readonly GoodFile[] = [
  ...filesOf('buildroot/buildroot', 'e991fa071605a78c17adba2ed26e07c3b8c95583', [
    'support/docker/Dockerfile',
  ]),
  ...filesOf('GitPushLive/crystal-sample', 'b9d21a22e791e0a261cb0da096553916a525038e', [
    'Dockerfile',
  ]),
  ...filesOf('denoland/saaskit', '9817d7013234c835172e6c999dcbf810983efce6', ['Dockerfile']),
  ...filesOf('docker-library/python', '4f07059567fa61c80397126e8063dbbde011b794', [
    '3.12/slim-trixie/Dockerfile',
  ]),
  ...filesOf('redis/docker-library-redis', 'e5650da99bb377b2ed4f9f1ef993ff24729b1c16', [
    '7.4-rc/alpine/Dockerfile',
  ]),
  ...filesOf('kubernetes-sigs/node-feature-discovery', '76e6cc8cc0d54b8bce037098b72611ffdf66ef5a', [
    'Dockerfile',
  ]),
  ...filesOf('miniflux/v2', '106cdd09e1557222303f3ed1376e1dadf0638621', [
    'packaging/docker/distroless/Dockerfile',
  ]),
  ...filesOf('withastro/starlight', '3999be7cc18b41095d61e3b63d68ff3e6c6c050b', [
    '.devcontainer/Dockerfile',
  ]),
  ...filesOf('compose-spec/compose-spec', '170098ba07d9f53c383a41bfd4c5166b0a4529a6', [
    'Dockerfile',
  ]),
  ...filesOf('20jasper/writing-helper-backend', 'bda5239a615202ae141cf05e249472de1e8cb1cf', [
    'Dockerfile',
  ]),
  ...filesOf('quarkusio/quarkus-quickstarts', 'ddfa3a6c5f585925aa344884264e4f399467f53d', [
    'kafka-streams-quickstart/producer/src/main/docker/Dockerfile.jvm',
  ]),
  ...filesOf('docker-library/postgres', '6edb0a8c4def40c371514b34aef9037ec82d9110', [
    '16/bookworm/Dockerfile',
  ]),
  ...filesOf(
    'aldoignatachandra/Bun-Elysiajs-Paseto-Boilerplate',
    'bd7dd1dc736fe1a93e021b8c4768c517a7290d86',
    ['docker/dockerfiles/Dockerfile.dev'],
  ),
  ...filesOf('usememos/memos', '76a762924306e782871204f131f4033be5e8e41a', ['scripts/Dockerfile']),
  ...filesOf('documenso/documenso', '75330166cc00b29c14399bc2e391e4b4d8080c00', [
    'docker/Dockerfile',
  ]),
  ...filesOf('lvyanru8200/myblog', '99b53d231b981e5b138b9cec04801e7e89362160', ['Dockerfile']),
  ...filesOf('dani-garcia/vaultwarden', '46d71107f5094460dd5ecbe1dbac6e6c71e5189a', [
    'playwright/compose/playwright/Dockerfile',
  ]),
  ...filesOf('testdrivenio/fastapi-celery', '191ff138701777838c363772253f73a276c16d68', [
    'project/Dockerfile',
  ]),
  ...filesOf('nodejs/docker-node', 'f27d936f7d7ccdeec25cd2de33584c1a841f561d', [
    '24/bookworm-slim/Dockerfile',
  ]),
  ...filesOf(
    'kubernetes-sigs/aws-load-balancer-controller',
    '225f44568848eb25f13e304a5f1cc68c0cd9415d',
    ['Dockerfile'],
  ),
  ...filesOf('kubernetes-sigs/kustomize', '12f9e6391464b3ad9dd3fe8182049dc1b1772990', [
    'functions/examples/template-heredoc-cockroachdb/image/Dockerfile',
  ]),
  ...filesOf('louislam/uptime-kuma', '6398a9581d1c3c427a7536559f47ccf45dac08b4', [
    'extra/uptime-kuma-push/Dockerfile',
  ]),
  ...filesOf(
    'microservices-patterns/ftgo-application',
    '558dfc53b11d30a5f1d995c0c6d58d5106c28189',
    ['ftgo-order-history-service/Dockerfile'],
  ),
  ...filesOf('NVIDIA/nvidia-container-toolkit', 'd34b3046758cb1a5db606b2a39519c731bbf9f56', [
    'docker/Dockerfile.devel',
  ]),
];
