import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const top = join(import.meta.dirname, '../../..');

const refused = [
  ['src/main/core', '#main/storage/database.ts'],
  ['src/main/core', '../doors/web/server.ts'],
  ['src/main/storage', '#main/generation/scan/walk.ts'],
  ['src/main/generation/scan', '#main/api/create-api.ts'],
  ['src/main/api', '#main/doors/web/server.ts'],
  ['src/main/meta-sona', '#main/loops/engine.ts'],
  ['src/main/core', 'electron'],
  ['src/main/doors/web', 'electron'],
  ['src/renderer', '#main/api/create-api.ts'],
  ['src/renderer', 'electron'],
  ['src/shared', 'node:fs'],
  ['src/shared', '#main/core/abort.ts'],
] as const;

const allowed = [
  ['src/main/doors/web', '#main/api/create-api.ts'],
  ['src/main/doors/desktop', 'electron'],
  ['src/main/generation/engine', '#main/storage/database.ts'],
  ['src/main/loops', '#main/meta-sona/search.ts'],
  ['src/main/core', '#shared/error.ts'],
  ['src/renderer', '#shared/contract.ts'],
] as const;

/** A house with one file for each pair, linted in one run with the project's own configuration. */
describe('the layers of the house', () => {
  let house: string;
  let offenders: ReadonlySet<string>;
  const file = (folder: string, source: string) =>
    `${folder}/probe-${source.replace(/\W/g, '-')}.ts`;

  beforeAll(() => {
    house = mkdtempSync(join(tmpdir(), 'omega-layers-'));
    copyFileSync(join(top, 'biome.json'), join(house, 'biome.json'));
    for (const [folder, source] of [...refused, ...allowed]) {
      mkdirSync(join(house, folder), { recursive: true });
      writeFileSync(join(house, file(folder, source)), `import '${source}';\n`);
    }
    const run = spawnSync(
      join(top, 'node_modules/.bin/biome'),
      [
        'lint',
        '--vcs-enabled=false',
        '--only=style/noRestrictedImports',
        '--reporter=github',
        '--max-diagnostics=none',
        '.',
      ],
      { cwd: house, encoding: 'utf8', timeout: 30_000 },
    );
    const lines = `${run.stdout}${run.stderr}`.split('\n');
    const found = lines.filter((line) => line.includes('noRestrictedImports'));
    offenders = new Set(found.map((line) => /file=[^,]*?(src\/[^,]+)/.exec(line)?.[1] ?? line));
  });

  afterAll(() => rmSync(house, { recursive: true, force: true }));

  it.each(refused)('%s may not import %s', (folder, source) => {
    expect(offenders).toContain(file(folder, source));
  });

  it.each(allowed)('%s may import %s', (folder, source) => {
    expect(offenders).not.toContain(file(folder, source));
  });
});
