import { append, type Mutation, rewrite } from '../../labelled.ts';

/** A file that another is merged over may use what only that one declares. */
function alone({ name, breaks }: Mutation): Mutation {
  const isWhole = /(?:^|\/)(?:docker-)?compose\.ya?ml$/;
  return { name, breaks: (text, path) => (isWhole.test(path) ? breaks(text, path) : null) };
}

/** A service of its own at the end of the file's services. */
function service(name: string, lines: string): Mutation {
  return {
    name,
    breaks: (text) =>
      /^services:[ \t]*\n/m.test(text)
        ? text.replace(/^services:[ \t]*\n/m, `services:\n  omega-broken:\n${lines}\n`)
        : null,
  };
}

const image = '    image: nginx:1.27';

/** What `docker compose config`, or `up` before the first container, refuses. */
export const mutations: readonly Mutation[] = [
  rewrite('a misspelt services', /^services:/m, 'service:'),
  rewrite('a misspelt environment', /^( +)environment:/m, '$1enviroment:'),
  rewrite('a misspelt depends_on', /^( +)depends_on:/m, '$1depend_on:'),
  rewrite('a misspelt healthcheck', /^( +)healthcheck:/m, '$1health_check:'),
  rewrite('a key of Kubernetes', /^( +)image:/m, '$1imagePullPolicy: Always\n$1image:'),
  rewrite('a tab as indentation', /^ {2,4}(?=\S)/m, '\t'),
  rewrite('a key twice', /^( +image:.*)$/m, '$1\n$1'),
  rewrite('a key without its space', /^( +image):[ \t]+(?=\S)/m, '$1:'),
  rewrite('a quote that is not closed', /^( +image:[ \t]+)["']?([^"'\s#]+)["']?[ \t]*$/m, '$1"$2'),
  rewrite(
    'an image in capitals',
    /^( +image:[ \t]+)["']?[a-z][^\s"'$]*["']?[ \t]*$/m,
    '$1MyShop/Web:1.0',
  ),
  rewrite(
    'an image with a space',
    /^( +image:[ \t]+)["']?[a-z][^\s"'$]*["']?[ \t]*$/m,
    '$1my shop/web:1.0',
  ),
  rewrite(
    'a list where a service stands',
    /^( {2,4}[\w-]+):[ \t]*\n +(?:image|build):/m,
    '$1:\n      - image:',
  ),
  rewrite('ports as one text', /^( +)ports:[ \t]*\n(?:\s+-.*\n)+/m, '$1ports: 8080:80\n'),
  rewrite('a port that is too large', /^( +- *["']?)\d{2,5}:(\d{2,5}["']?)[ \t]*$/m, '$180800:$2'),
  rewrite('a port that is a word', /^( +- *)["']?\d{2,5}:\d{2,5}["']?[ \t]*$/m, '$1"http:80"'),
  rewrite('services as a list', /^services:[ \t]*\n/m, 'services:\n  - name: web\n'),
  alone(
    rewrite(
      'a dependency on nobody',
      /^( +depends_on:[ \t]*\n +- *)["']?[\w-]+["']?/m,
      '$1omega-nobody',
    ),
  ),
  rewrite('a restart policy of Kubernetes', /^( +restart:[ \t]+).*$/m, '$1OnFailure'),
  append('networks as a text', 'networks: backend'),
  service('an alias without its anchor', '    <<: *omega-defaults'),
  service('a flow list that is not closed', `${image}\n    command: ["nginx", "-g"`),
  alone(service('neither image nor build', '    restart: always')),
  alone(
    service('a volume that nobody declares', `${image}\n    volumes:\n      - omega-data:/data`),
  ),
  alone(service('a network that nobody declares', `${image}\n    networks: [omega-net]`)),
  alone(service('a secret that nobody declares', `${image}\n    secrets: [omega-key]`)),
  alone(service('a config that nobody declares', `${image}\n    configs: [omega-conf]`)),
  service('a dependency on itself', `${image}\n    depends_on: [omega-broken]`),
  service(
    'a condition that is none',
    `${image}\n    depends_on:\n      omega-broken:\n        condition: healthy`,
  ),
  service('a port range that runs backwards', `${image}\n    ports: ["9000-8000:80"]`),
  service('a port twice on the host', `${image}\n    ports: ["18080:80", "18080:81"]`),
  service('a protocol that is misspelt', `${image}\n    ports: ["8080:80/tpc"]`),
  service(
    'a time without a unit',
    `${image}\n    healthcheck: {test: [CMD, "true"], interval: 30}`,
  ),
  service(
    'a check that begins with the command',
    `${image}\n    healthcheck: {test: [curl, -f, http://localhost]}`,
  ),
  service(
    'retries that are no number',
    `${image}\n    healthcheck: {test: [CMD, "true"], retries: three}`,
  ),
  service('memory in words', `${image}\n    mem_limit: 512 megabytes`),
  service(
    'memory in units of Kubernetes',
    `${image}\n    deploy: {resources: {limits: {memory: 512Mi}}}`,
  ),
  service(
    'processors in units of Kubernetes',
    `${image}\n    deploy: {resources: {limits: {cpus: 500m}}}`,
  ),
  service('replicas that are no number', `${image}\n    deploy: {replicas: two}`),
  service('privileged by a word', `${image}\n    privileged: sometimes`),
  service('a variable without its brace', `    image: nginx:\${TAG:-1.27`),
  service('a variable with a bad name', `    image: nginx:\${1TAG}`),
  service('environment of both forms', `${image}\n    environment:\n      - A=b\n      C: d`),
  service('a variable that holds a mapping', `${image}\n    environment:\n      A: {b: c}`),
  service('volumes as a mapping', `${image}\n    volumes:\n      ./data: /data`),
  service(
    'a kind of mount that is none',
    `${image}\n    volumes:\n      - {type: folder, source: ., target: /x}`,
  ),
  service(
    'an address of a network that is none',
    `${image}\n    extra_hosts: [host.docker.internal]`,
  ),
  service(
    'a build argument without its list',
    '    build:\n      context: .\n      args: NODE_ENV',
  ),
  service(
    'a build key that is misspelt',
    '    build:\n      context: .\n      docker-file: Dockerfile',
  ),
];
