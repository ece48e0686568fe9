import { expect, test } from 'vitest';
import { driftText } from '#main/generation/drift/drift.ts';
import { findDrift } from '#main/generation/drift/find-drift.ts';
import { type Service, serviceSchema } from '#shared/scan.ts';

const service = (change: Partial<Service> = {}): Service =>
  serviceSchema.parse({
    ...{
      name: 'orders',
      path: '.',
      context: '.',
      language: 'go',
      kind: 'web',
      ports: [3000, 9090],
    },
    ...{ runtimeVersion: null, framework: null, packageManager: null, install: null, build: null },
    ...{ start: null, lockfile: null, output: null, healthPath: null, systemPackages: [] },
    ...{ backingServices: [], env: [], unknowns: [] },
    evidence: [
      { fact: 'kind', value: 'web', file: 'go.mod', line: 1 },
      { fact: 'ports', value: '3000', file: 'main.go', line: 4 },
      { fact: 'ports', value: '9090', file: 'main.go', line: 5 },
      { fact: 'backingServices', value: 'redis', file: 'go.mod', line: 6 },
    ],
    ...change,
  });

const compose = (...lines: readonly string[]) => ({
  ...{ kind: 'compose', path: 'compose.yaml', isOurs: false },
  content: `services:\n  orders:\n    build: .\n${lines.map((line) => `    ${line}\n`).join('')}`,
});
const dockerfile = {
  ...{ kind: 'dockerfile', path: 'Dockerfile', isOurs: false },
  content: 'FROM scratch\nENV MODE=prod REGION="eu west"\nEXPOSE 3000 9090\n',
};

const found = async (one: Service, ...files: Parameters<typeof findDrift>[1]) =>
  (await findDrift([one], files)).map(driftText);

test('a file that has one of two ports lacks the other', async () => {
  expect(await found(service(), compose('ports: ["3000:3000"]'), dockerfile)).toEqual([
    '"orders" opens port 9090 (main.go:5); compose.yaml:4 does not have it.',
  ]);
});

// Catches a port that is set from outside, or renamed, told as a new one.
test('a file that has another port altogether may mean the same', async () => {
  expect(await found(service(), compose('ports: ["80:8080"]'), dockerfile)).toEqual([]);
});

// Catches a comment that is taken for the thing, and a thing that is not seen under another name.
test('a backing service is known by its image, its other names and variables, not by a comment', async () => {
  const one = service({ ports: [], backingServices: ['redis'] });
  const lacks = '"orders" talks to redis (go.mod:6); compose.yaml:3 does not have it.';
  expect(await found(one, compose('# redis later'), dockerfile)).toEqual([lacks]);
  expect(await found(one, compose('environment: { CACHE_URL: "x" }'), dockerfile)).toEqual([]);
  const valkey = {
    ...compose(),
    content: `${compose().content}  kept: { image: valkey/valkey:8 }\n`,
  };
  expect(await found(one, valkey, dockerfile)).toEqual([]);
});

// Catches alarms over variables that come from a file of the environment, or from the image.
test('a variable counts as given by the image, by the file, or from outside of it', async () => {
  const variable = (name: string) => ({ name, required: true, file: 'main.go', line: 7 });
  const one = service({ ports: [], env: ['REGION', 'TOKEN'].map(variable) });
  const lacks = '"orders" needs the variable TOKEN (main.go:7); compose.yaml:3 does not have it.';
  expect(await found(one, compose(), dockerfile)).toEqual([lacks]);
  expect(await found(one, compose('environment: [TOKEN]'), dockerfile)).toEqual([]);
  expect(await found(one, compose('env_file: .env'), dockerfile)).toEqual([]);
});

// Catches a Dockerfile for all services that is told as missing for each.
test('a service without a Dockerfile lacks one; a library needs none, nor do those that share one', async () => {
  expect(await found(service({ ports: [] }))).toEqual([
    'There is a service "orders" (go.mod:1); no file of the kind dockerfile is for it.',
  ]);
  expect(await found(service({ ports: [], kind: 'library' }))).toEqual([]);
  const shared = { ...dockerfile, path: 'docker/Dockerfile' };
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is Docker's.
  const content = 'FROM scratch\nARG NAME\nCOPY ${NAME}.jar /app.jar\n';
  const two = ['a', 'b'].map((name) => service({ name, path: name, ports: [] }));
  expect(await findDrift(two, [shared])).toHaveLength(2);
  expect(await findDrift(two, [{ ...shared, content }])).toEqual([]);
});
