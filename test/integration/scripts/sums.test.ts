import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sumOfPlaywright, sumOfVitest, testsListed, total } from '../../../scripts/lib/sums.mjs';
import { repository } from './checkout.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'omega-sums-'));
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a real runner over the files and gives its report and exit code. */
function runTool(script: string, args: readonly string[], files: Record<string, string>) {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const report = join(folder, 'report.json');
  const { status } = spawnSync(
    process.execPath,
    [join(folder, 'node_modules', script), ...args.map((arg) => arg.replace('REPORT', report))],
    {
      cwd: folder,
      env: { PATH: process.env.PATH, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
      timeout: 60_000,
    },
  );
  return { report: JSON.parse(readFileSync(report, 'utf8')) as unknown, code: status ?? 1 };
}

const vitestArgs = ['run', '--reporter=json', '--outputFile.json=REPORT'];
const mixed = `
test('passes', () => {});
test('fails', () => { throw new Error('no'); });
test.skip('is skipped', () => {});
`;

test('a real vitest report: failures, skips, todos and a file that cannot be loaded', () => {
  const { report, code } = runTool('vitest/vitest.mjs', vitestArgs, {
    'a.test.js': `import { test } from 'vitest';${mixed}test.todo('later');`,
    'b.test.js': `import './missing.js';`,
  });
  expect(sumOfVitest(report, code)).toEqual({ passed: 1, failed: 2, skipped: 2, problem: null });
});

test('an error outside of every vitest test is a failure, though all tests passed', () => {
  const { report, code } = runTool('vitest/vitest.mjs', vitestArgs, {
    'a.test.js': `import { test } from 'vitest';
      test('passes', () => {
        void Promise.reject(new Error('stray'));
        return new Promise((done) => setTimeout(done, 50));
      });`,
  });
  expect(sumOfVitest(report, code)).toMatchObject({ passed: 1, failed: 1 });
});

test('a real Playwright report, run and listed', () => {
  const files = { 'a.spec.js': `import { test } from '@playwright/test';${mixed}` };
  const script = '@playwright/test/cli.js';
  const ran = runTool(script, ['test', '--reporter=json'], files);
  expect(sumOfPlaywright(ran.report, ran.code)).toEqual({
    passed: 1,
    failed: 1,
    skipped: 1,
    problem: null,
  });
  const listed = runTool(script, ['test', '--list', '--reporter=json'], files);
  expect(testsListed(listed.report)).toBe(3);
  expect(listed.code).toBe(0);
});

test('a runner without a report is a failure', () => {
  expect(sumOfVitest(null, 1)).toMatchObject({ passed: 0, failed: 1 });
  expect(sumOfVitest(null, 0)).toMatchObject({ failed: 1 });
  expect(sumOfPlaywright({}, 0)).toMatchObject({ failed: 1 });
});

test('the total has the line that callers read, and fails when no test ran', () => {
  const some = { passed: 2, failed: 0, skipped: 1, problem: null };
  expect(total([some, some])).toEqual({
    line: 'tests: 4 passed, 0 failed, 2 skipped',
    exitCode: 0,
  });
  expect(total([some, { ...some, failed: 1 }]).exitCode).toBe(1);
  expect(total([]).exitCode).toBe(1);
  expect(total([{ ...some, passed: 0 }]).exitCode).toBe(1);
});
