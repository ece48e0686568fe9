import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { generateArtifacts } from '#main/generation/blueprints/generate.ts';
import { project, stacks } from './fixtures.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'omega-steps-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The shell text of the first RUN that has `part` in it, without mounts. */
function step(stack: string, part: string): string {
  const of = stacks[stack];
  if (!of) throw new Error(`no fixture ${stack}`);
  const content = generateArtifacts('dockerfile', project([of]), of)[0]?.content ?? '';
  const joined = content.replace(/\\\n\s*/g, ' ');
  const line =
    joined.split('\n').find((text) => text.startsWith('RUN ') && text.includes(part)) ?? '';
  return line.replace(/^RUN (?:--mount=\S+ +)*/, '');
}

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

function sh(script: string): void {
  execFileSync('/bin/sh', ['-c', script], { cwd: folder });
}

function files(): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

describe('steps that run in a real shell', () => {
  it('keep the manifests of every workspace member and nothing else', () => {
    const kept = [
      '.npmrc',
      'package.json',
      'apps/my web/package.json',
      'patches/a.patch',
      'pnpm-lock.yaml',
      '.yarn/releases/yarn.cjs',
    ];
    const dropped = ['README.md', 'apps/my web/src/index.ts', 'src/package.ts'];
    write(Object.fromEntries([...kept, ...dropped].map((path) => [path, '{}'])));
    sh(step('node-pnpm-workspace', 'find .'));
    expect(files()).toEqual([...kept].sort());
    expect(readdirSync(folder)).not.toContain('src');
  });

  it('give each Cargo package the source files that it needs to be resolved', () => {
    write({ 'Cargo.toml': '', 'crates/core/Cargo.toml': '' });
    sh(step('rust', 'execdir'));
    expect(files()).toContain('crates/core/src/lib.rs');
  });

  it('take the application jar and not the ones beside it', () => {
    const out = join(folder, 'out');
    write({
      'target/app.jar': 'x'.repeat(50),
      'target/app-sources.jar': 'x'.repeat(90),
      'target/original-app.jar': 'x',
    });
    sh(step('scala-sbt', 'sources.jar').replaceAll('/out', out));
    expect(readFileSync(join(out, 'app.jar'), 'utf8')).toHaveLength(50);
  });

  it('find the assembly that .NET published', () => {
    const out = join(folder, 'out');
    write({ 'out/Shop.Worker.runtimeconfig.json': '{}' });
    sh(step('fsharp-worker', 'runtimeconfig').replaceAll('/out', out));
    expect(readFileSync(join(out, 'start'), 'utf8')).toBe(
      '#!/bin/sh\nexec dotnet "/app/Shop.Worker.dll" "$@"\n',
    );
  });

  it('start the release that mix made, beside its other scripts', () => {
    const out = join(folder, 'out');
    write({ 'out/bin/shop': '', 'out/bin/shop.bat': '', 'out/bin/server': '' });
    sh(step('elixir-plain', 'start-release').replaceAll('/out', out));
    expect(readFileSync(join(out, 'bin/start-release'), 'utf8')).toBe(
      '#!/bin/sh\nexec "/app/bin/shop" "$@"\n',
    );
  });

  it('write the configuration of nginx line by line', () => {
    sh(step('vite-spa', 'printf').replace('/etc/nginx/conf.d/default.conf', 'site.conf'));
    const lines = readFileSync(join(folder, 'site.conf'), 'utf8').split('\n');
    expect(lines).toContain('  location / { try_files $uri $uri/ /index.html; }');
    expect(lines.at(-2)).toBe('}');
  });
});
