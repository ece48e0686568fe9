import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterEach, expect, test } from 'vitest';
import { moduleUrls } from '../../../scripts/module-urls.ts';

const folder = mkdtempSync(join(tmpdir(), 'omega-module-urls-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a module named by URL is built as a file of its own that keeps its exports', async () => {
  mkdirSync(join(folder, 'deep'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  writeFileSync(
    join(folder, 'deep/work.ts'),
    'export function double(value: number): number { return value * 2; }',
  );
  writeFileSync(
    join(folder, 'main.ts'),
    `const url = new URL('./deep/work.ts', import.meta.url);
     const { double } = await import(url.href);
     console.log(double(21), url.pathname.endsWith('.js'));`,
  );
  await build({
    root: folder,
    configFile: false,
    logLevel: 'silent',
    plugins: [moduleUrls()],
    build: { ssr: join(folder, 'main.ts'), outDir: join(folder, 'out'), target: 'esnext' },
  });
  rmSync(join(folder, 'deep'), { recursive: true });
  const out = execFileSync(process.execPath, [join(folder, 'out/main.js')], {
    encoding: 'utf8',
    timeout: 10_000,
  });
  expect(out).toBe('42 true\n');
});
