import { DockerfileParser } from 'dockerfile-ast';
import { describe, expect, it } from 'vitest';
import { generateArtifacts } from '#main/generation/blueprints/generate.ts';
import type { Service } from '#shared/scan.ts';
import { fromEnv, project, service, stacks } from './fixtures.ts';
import { assetStacks } from './fixtures-assets.ts';

function dockerfile(of: Service): string {
  return generateArtifacts('dockerfile', project([of]), of)[0]?.content ?? '';
}

/** The instructions of the last stage. */
function finalStage(content: string) {
  const instructions = DockerfileParser.parse(content).getInstructions();
  const last = instructions.findLastIndex((one) => one.getKeyword() === 'FROM');
  return instructions.slice(last);
}

/** The install that obeys the lockfile, by stack. */
const installs: Readonly<Record<string, string>> = {
  'node-npm': 'npm ci',
  'node-pnpm-workspace': 'pnpm install --frozen-lockfile',
  'node-yarn-classic': 'yarn install --frozen-lockfile',
  'node-yarn-berry': 'yarn install --immutable',
  'node-bun': 'bun install --frozen-lockfile',
  deno: 'deno install --frozen',
  'python-pip': 'pip install -r requirements.txt',
  'python-poetry': 'poetry install --only main',
  'python-pdm': 'pdm sync --prod',
  'python-uv-worker': 'uv sync --frozen --no-dev',
  'python-pipenv': 'pipenv sync',
  go: 'go mod download',
  rust: 'cargo fetch --locked',
  'java-maven': 'mvnw -B -q dependency:go-offline',
  'kotlin-gradle': 'gradle dependencies',
  csharp: 'dotnet restore',
  'ruby-rails': 'bundle install',
  'php-laravel': 'composer install --no-dev',
  'elixir-phoenix': 'mix deps.get --only prod',
  'swift-vapor': '--force-resolved-versions',
  dart: 'dart pub get --enforce-lockfile',
  crystal: 'shards install --production --frozen',
};

describe.each(Object.entries({ ...stacks, ...assetStacks }))('Dockerfile of %s', (name, of) => {
  const content = dockerfile(of);

  it('stays as reviewed', async () => {
    await expect(content).toMatchFileSnapshot(`__snapshots__/${name}.Dockerfile`);
  });

  it('runs without root, by a number that Kubernetes can check', () => {
    const users = finalStage(content).filter((one) => one.getKeyword() === 'USER');
    expect(users.at(-1)?.getArgumentsContent()).toMatch(/^[1-9]\d*:[1-9]\d*$/);
  });

  it('pins every base image', () => {
    const stages = new Set<string>();
    for (const from of DockerfileParser.parse(content).getFROMs()) {
      const image = from.getImage() ?? '';
      if (!stages.has(image)) {
        expect(image).toMatch(/:[\w.-]+$/);
        expect(image).not.toMatch(/:latest$/);
      }
      stages.add(from.getBuildStage() ?? '');
    }
  });

  it('starts in exec form and can be probed, or says why not', () => {
    const stage = finalStage(content);
    const keywords = stage.map((one) => one.getKeyword());
    const command =
      stage.findLast((one) => one.getKeyword() === 'CMD')?.getArgumentsContent() ?? '';
    expect(JSON.parse(command)).toBeInstanceOf(Array);
    if (of.kind !== 'web' && of.kind !== 'static') return;
    expect(keywords).toContain('EXPOSE');
    expect(keywords.includes('HEALTHCHECK') || content.includes('# No HEALTHCHECK')).toBe(true);
  });

  it('keeps what builds out of what runs', () => {
    if (of.language === 'html') return;
    expect(DockerfileParser.parse(content).getFROMs().length).toBeGreaterThan(1);
    expect(content).toMatch(/COPY --from=\w+/);
    expect(
      finalStage(content)
        .map((one) => one.toString())
        .join('\n'),
    ).not.toMatch(/\b(?:npm ci|cargo build|go build|mvn|pip install)\b/);
  });

  it('installs by the lockfile, before the sources', () => {
    const install = installs[name];
    if (!install) return;
    expect(content).toContain(install);
    const sources = content.lastIndexOf('COPY . ./');
    expect(content.indexOf(install)).toBeLessThan(sources);
  });

  it('caches downloads in mounts', () => {
    if (of.language === 'html' || ['deno', 'deno-plain', 'php-plain'].includes(name)) return;
    expect(content).toContain('--mount=type=cache');
  });
});

describe('Dockerfile', () => {
  it('opens loopback binds, which nothing outside the container could reach', () => {
    const content = dockerfile(
      service({
        language: 'python',
        packageManager: 'pip',
        start: 'uvicorn a:app --host=127.0.0.1',
      }),
    );
    expect(content).toContain('"--host=0.0.0.0"');
  });

  it('uses a shell only for commands that need one, and hands it over by exec', () => {
    expect(
      dockerfile(service({ start: 'npx prisma migrate deploy && node dist/main.js' })),
    ).toContain('CMD ["/bin/sh", "-c", "npx prisma migrate deploy && exec node dist/main.js"]');
    expect(dockerfile(service({ start: 'node "dist/my server.js"' }))).toContain(
      'CMD ["node", "dist/my server.js"]',
    );
  });

  it('names the release it chose where the project pins none', () => {
    const content = dockerfile(service({ runtimeVersion: null }));
    expect(content).toContain('FROM node:26 AS build');
    expect(content).toContain('# The project pins no Node.js version: 26');
  });

  it('does not take a version that would be another image', () => {
    const content = dockerfile(service({ runtimeVersion: 'evil/node:1 AS x\nUSER root' }));
    expect(content).toContain('FROM node:26 AS build');
    expect(content).not.toContain('evil');
  });

  it('keeps development dependencies where the start needs them', () => {
    const content = dockerfile(service({ start: 'npx vite preview', ports: [4173] }));
    expect(content).not.toContain('npm prune');
    expect(content).toContain('CMD ["vite", "preview", "--host", "0.0.0.0", "--port", "4173"]');
  });

  it('gives bundled settings to the build and not to the container', () => {
    const web = service({
      kind: 'static',
      env: [{ name: 'VITE_API_URL', required: true, file: 'a.ts', line: 1 }],
    });
    expect(dockerfile(web)).toContain('ARG VITE_API_URL');
    const compose = generateArtifacts('compose', project([web]), null)[0]?.content ?? '';
    expect(compose).toContain(`VITE_API_URL: ${fromEnv('VITE_API_URL')}`);
    expect(compose).not.toContain('environment:');
  });

  it('says which language it does not cover', () => {
    const cobol = service({ language: 'cobol' });
    expect(() => dockerfile(cobol)).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', message: expect.stringContaining('cobol') }),
    );
    expect(() => dockerfile(service({ language: 'constructor' }))).toThrow(/constructor/);
  });

  it('refuses a service outside its context and paths that leave the project', () => {
    expect(() => dockerfile(service({ path: 'a', context: 'b' }))).toThrow(
      /outside its build context/,
    );
    expect(() => dockerfile(service({ path: '../a', context: '../a' }))).toThrow(/cannot use/);
    expect(() => dockerfile(service({ path: 'a\nRUN id', context: 'a\nRUN id' }))).toThrow(
      /control characters/,
    );
  });
});

describe('ignore file', () => {
  const paths = (of: Service) =>
    generateArtifacts('dockerfile', project([of]), of).map(({ path }) => path);

  it('lies where BuildKit looks for it', () => {
    expect(paths(service({ path: '.', context: '.' }))).toEqual(['Dockerfile', '.dockerignore']);
    expect(paths(service({ path: 'api', context: 'api' }))).toEqual([
      'api/Dockerfile',
      'api/.dockerignore',
    ]);
    expect(paths(service({ path: 'apps/api', context: '.' }))).toEqual([
      'apps/api/Dockerfile',
      'apps/api/Dockerfile.dockerignore',
    ]);
  });

  it('does not overwrite the Dockerfile of another service in the same folder', () => {
    const web = service({ name: 'web' });
    const worker = service({ name: 'worker', kind: 'worker', ports: [] });
    const both = project([web, worker]);
    const all = [web, worker].flatMap((of) =>
      generateArtifacts('dockerfile', both, of).map(({ path }) => path),
    );
    expect(all).toEqual([
      'Dockerfile',
      '.dockerignore',
      'Dockerfile.worker',
      'Dockerfile.worker.dockerignore',
    ]);
  });

  it('keeps secrets and version control out of the build context', () => {
    const [, ignore] = generateArtifacts('dockerfile', project([service()]), service());
    expect(ignore?.content).toContain('**/.env\n');
    expect(ignore?.content).toContain('**/.git\n');
  });
});

describe('a JVM program that starts by its class path', () => {
  const of = service({
    name: 'shop',
    language: 'java',
    packageManager: 'maven',
    runtimeVersion: '6',
    build: 'mvn -B package -DskipTests',
    start: 'java -cp target/classes:target/dependency/* App',
    ports: [8080],
  });

  it('keeps what the path names, where one jar would have nothing of it', () => {
    const content = dockerfile(of);
    expect(content).toContain('cp -R --parents target/classes target/dependency /out/');
    expect(content).toContain(
      'CMD ["java", "-XX:MaxRAMPercentage=75", "-cp", "target/classes:target/dependency/*", "App"]',
    );
    expect(content).not.toContain('app.jar');
  });

  it('runs on Java 8 what was pinned to an older one, which no image has', () => {
    expect(dockerfile(of)).toContain('FROM eclipse-temurin:8-jre');
  });

  it('copies nothing from outside the project', () => {
    const content = dockerfile({ ...of, start: 'java -cp ../../etc:/etc:$(id):a App' });
    expect(content).toContain('cp -R --parents a /out/');
  });
});
