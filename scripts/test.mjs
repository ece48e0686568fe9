#!/usr/bin/env node
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { watchNpm } from './lib/parent.mjs';
import { ensureReady } from './lib/ready.mjs';
import { root } from './lib/root.mjs';
import { check, playwright, vitest } from './lib/runners.mjs';
import { runMain, Stop } from './lib/stop.mjs';
import { total } from './lib/sums.mjs';
import { planTests, testUsage } from './lib/test-plan.mjs';

/** @typedef {import('./lib/sums.mjs').Sum} Sum */

let interrupted = false;
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => {
    interrupted = true;
  });
}

await runMain(async () => {
  const plan = planTests(process.argv.slice(2));
  if (plan.help) {
    process.stdout.write(`${testUsage}\n`);
    return 0;
  }
  watchNpm(() => process.kill(process.pid, 'SIGTERM'));
  const reports = mkdtempSync(join(tmpdir(), 'omega-test-'));
  try {
    const { line, exitCode } = total(await runAll(plan, reports));
    process.stdout.write(`\n${line}\n`);
    return exitCode;
  } finally {
    rmSync(reports, { recursive: true, force: true });
  }
});

/**
 * @param {import('./lib/test-plan.mjs').TestPlan} plan
 * @param {string} reports
 */
async function runAll(plan, reports) {
  const systemPackages = plan.vitest !== null;
  const node = await ensureReady(root, { build: false, systemPackages });
  const place = { root, node, reports };
  /** @type {Sum[]} */
  const sums = [];
  const run = async (/** @type {boolean} */ wanted, /** @type {() => Promise<Sum>} */ runner) => {
    if (!wanted) return;
    const sum = await runner();
    if (interrupted) throw new Stop('The tests were interrupted.', 130);
    if (sum.problem !== null) process.stdout.write(`\n${sum.problem}\n`);
    sums.push(sum);
  };
  const tsc = (/** @type {string} */ config) => check(place, 'typescript/bin/tsc', ['-p', config]);
  const { vitest: files, playwright: specs } = plan;
  await run(plan.lint, () => check(place, '@biomejs/biome/bin/biome', ['check', '.']));
  for (const part of ['node', 'web', 'e2e']) {
    await run(plan.typecheck, () => tsc(`tsconfig.${part}.json`));
  }
  // The integration tests run the built command and server, so the build comes before them.
  await run(files !== null || specs !== null, buildOnce);
  await run(files !== null, () => vitest(place, files ?? []));
  await run(specs !== null, () => playwright(place, specs ?? []));
  return sums;
}

/** A build that is up to date is no test; one that fails is a failure, and the tests still run. */
async function buildOnce() {
  try {
    await ensureReady(root);
    return { passed: 0, failed: 0, skipped: 0, problem: null };
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    return { passed: 0, failed: 1, skipped: 0, problem: error.message };
  }
}
