// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how the formats write variables.
import { describe, expect, it } from 'vitest';
import { brief, judge } from './expect-findings.ts';

const web = (lines: string): string =>
  `services:\n  web:\n    image: nginx:1.29\n${lines.replace(/^/gm, '    ')}\n`;

/** Files that `docker compose` refuses. */
const broken: readonly (readonly [what: string, content: string, error: string])[] = [
  ['an empty file', '# nothing\n', 'compose/empty@1'],
  ['broken YAML', 'services:\n  web: [a\n', 'compose/yaml@3'],
  ['tabs', 'services:\n\tweb:\n', 'compose/yaml@2'],
  ['a duplicate key', web('image: b:1'), 'compose/duplicate-key@4'],
  ['an unknown top-level key', 'service:\n  web: {image: "a:1"}\n', 'compose/unknown-field@1'],
  ['an unknown key of a service', web('port:\n  - "80:80"'), 'compose/unknown-field@4'],
  ['a wrong type', web('ports: 80'), 'compose/schema@4'],
  ['memory in units of Kubernetes', web('mem_limit: 512Mi'), 'compose/schema@4'],
  [
    'processors in units of Kubernetes',
    web('deploy:\n  resources:\n    limits:\n      cpus: 500m'),
    'compose/schema@7',
  ],
  ['a host without its address', web('extra_hosts:\n  - gateway'), 'compose/schema@5'],
  ['a variable that is not closed', web('command: run ${MODE:-x'), 'compose/interpolation@4'],
  [
    'a variable of a bad name after a good one',
    web('command: ${A:-b} ${1C}'),
    'compose/interpolation@4',
  ],
  ['a list item of the wrong type', web('ports:\n  - "80:80"\n  - [81]'), 'compose/schema@6'],
  [
    'a value outside its choices',
    web('depends_on:\n  db:\n    condition: healthy'),
    'compose/schema@6',
  ],
  ['a service without an image', 'services:\n  web:\n    ports: ["80:80"]\n', 'compose/no-image@2'],
  ['a number that is a word', web('deploy:\n  replicas: two'), 'compose/schema@5'],
  ['a switch that is a word', web('tty: maybe'), 'compose/schema@4'],
  [
    'a time without a unit',
    web('healthcheck:\n  test: [CMD, x]\n  interval: "30"'),
    'compose/schema@6',
  ],
  [
    'a check that begins wrongly',
    web('healthcheck:\n  test: ["curl", "localhost"]'),
    'compose/schema@5',
  ],
  ['an image in capitals', 'services:\n  web:\n    image: My/App:1\n', 'compose/schema@3'],
  ['an undeclared volume', web('volumes:\n  - data:/x'), 'compose/undefined-volume@5'],
  ['an undeclared network', web('networks: [back]'), 'compose/undefined-network@4'],
  ['an undeclared secret', web('secrets:\n  - source: key'), 'compose/undefined-secret@5'],
  ['an unknown dependency', web('depends_on: [db]'), 'compose/undefined-service@4'],
  ['a dependency on itself', web('depends_on: [web]'), 'compose/depends-on-itself@4'],
  ['a port over 65535', web('ports: ["70000:80"]'), 'compose/invalid-port@4'],
  ['a port that is none', web('ports: ["80:http"]'), 'compose/invalid-port@4'],
  [
    'a host port taken twice',
    `${web('ports: ["8080:80"]')}  b:\n    image: b:1\n    ports:\n      - target: 81\n        published: "8080"\n`,
    'compose/port-collision@8',
  ],
  [
    'a circle',
    'services:\n  a:\n    image: a:1\n    depends_on: [b]\n  b:\n    image: b:1\n    depends_on: [a]\n',
    'compose/depends-on-cycle@7',
  ],
  [
    'a real key',
    web('environment:\n  K: ghp_0123456789abcdefghijklmnopqrstuvwxyz'),
    'compose/inline-secret@5',
  ],
];

const weak: readonly (readonly [what: string, content: string, warning: string])[] = [
  ['no tag', 'services:\n  web:\n    image: nginx\n', 'compose/unpinned-image@3'],
  [
    'a password in a mapping',
    web('environment:\n  DB_PASSWORD: hunter22'),
    'compose/inline-secret@5',
  ],
  [
    'a password in a list',
    web('environment:\n  - A=b\n  - DB_PASSWORD=hunter22'),
    'compose/inline-secret@6',
  ],
  ['privileged', web('privileged: true'), 'compose/privileged@4'],
  [
    'the Docker socket',
    web('volumes:\n  - /var/run/docker.sock:/var/run/docker.sock:ro'),
    'compose/docker-socket@5',
  ],
  ['the host network', web('network_mode: host'), 'compose/host-network@4'],
  ['SYS_ADMIN', web('cap_add: [SYS_ADMIN]'), 'compose/dangerous-capability@4'],
  ['no services', 'name: x\n', 'compose/no-services@1'],
];

const good: readonly (readonly [what: string, content: string])[] = [
  [
    'variables wherever a number or switch stands',
    web(
      'ports:\n  - "${PORT:-8080}:80"\n  - target: ${T}\n    published: ${P}\nprivileged: ${PRIV}\nread_only: ${RO:-true}\nmem_limit: ${MEM:-1g}\nhealthcheck:\n  test: ["CMD", "x"]\n  retries: ${R}\n  interval: ${I}\n  disable: ${D}\ndeploy:\n  replicas: ${N:-2}\n  resources:\n    limits: {cpus: "${CPUS}", memory: "${M}"}\nrestart: ${RESTART}\nulimits:\n  nofile: ${FILES}\ninit: ${INIT}\nstop_grace_period: ${S}',
    ),
  ],
  [
    'anchors and merge keys',
    'x-base: &base\n  image: a:1\n  restart: unless-stopped\nservices:\n  a: *base\n  b:\n    <<: *base\n    ports: ["127.0.0.1:80:80", "127.0.0.2:80:80", "81:80/udp", "81:80/tcp"]\n',
  ],
  [
    'new sections',
    'name: shop\nservices:\n  web:\n    build:\n      context: .\n      provenance: true\n      sbom: true\n      secrets: [token]\n      additional_contexts: {base: "docker-image://alpine:3"}\n    develop:\n      watch:\n        - {path: ., action: sync+restart, target: /app, initial_sync: true, ignore: [node_modules/]}\n    depends_on:\n      db: {condition: service_healthy, restart: true, required: false}\n    secrets:\n      - source: token\n        target: /run/t\n    configs: [conf]\n    networks: {front: {aliases: [w]}}\n    volumes:\n      - data:/data\n      - ./a:/a:ro\n      - ~/b:/b\n      - type: tmpfs\n        target: /tmp\n      - /anonymous\n  db:\n    image: postgres:18\n    environment: {POSTGRES_PASSWORD_FILE: /run/secrets/token, POSTGRES_PASSWORD: "${PW:?}"}\nvolumes:\n  data:\nnetworks:\n  front: {}\nsecrets:\n  token: {environment: TOKEN}\nconfigs:\n  conf: {content: "a"}\n',
  ],
  [
    'tags of override files',
    'services:\n  web:\n    image: a:1\n    ports: !override ["80:80"]\n    command: !reset null\n',
  ],
  [
    'the same port in different profiles and ranges',
    'services:\n  a: {image: "a:1", ports: ["80:80"], profiles: [x]}\n  b: {image: "b:1", ports: ["80:80"], profiles: [y]}\n  c: {image: "c:1", ports: ["9000-9010:9000", "5000-5002:5000-5002", "6000"]}\n',
  ],
  [
    'sizes, hosts and variables of every form',
    web(
      'mem_limit: 1.5gb\nshm_size: 64 kib\nmemswap_limit: -1\ncpus: "0.5"\nextra_hosts: ["a:1.2.3.4", "b=::1"]\ncommand: echo $$HOME $(date) $A ${A:-${B:-c}} ${D?no} 5$',
    ),
  ],
  ['a number of any kind as a port', web('ports:\n  - 80\n  - "443:443"\nexpose: [80, "81"]')],
];

describe('validateFile of a Compose file', () => {
  it.each(broken)('refuses %s', async (_, content, error) => {
    expect(brief(await judge('compose', content), 'error')).toContain(error);
  });
  it.each(weak)('warns of %s', async (_, content, warning) => {
    const found = await judge('compose', content);
    expect(brief(found, 'warning')).toContain(warning);
    expect(brief(found, 'error')).toEqual([]);
  });
  it.each(good)('accepts %s', async (_, content) => {
    const errors = (await judge('compose', content)).filter(({ severity }) => severity === 'error');
    expect(errors).toEqual([]);
  });

  it('says once, in words, what a choice of forms refuses', async () => {
    const found = await judge('compose', web('environment: 5'));
    expect(found.map(({ message }) => message)).toEqual([
      '"services.web.environment" must be a mapping or a list, and is 5.',
    ]);
  });

  it('proposes the name that was meant', async () => {
    const [finding] = await judge('compose', web('enviroment: {A: b}'));
    expect(finding?.message).toContain('Did you mean "environment"?');
  });

  it('takes a file that is merged over another as a part', async () => {
    const content = 'services:\n  web:\n    ports: ["81:80"]\n    depends_on: [db]\n';
    expect(brief(await judge('compose', content, 'compose.override.yaml'), 'error')).toEqual([]);
  });
});
