import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runChild } from './child.mjs';
import { ensureChromium } from './chromium.mjs';
import { sumOfCheck, sumOfPlaywright, sumOfVitest, testsListed } from './sums.mjs';

const deadlineMs = 30 * 60_000;

/** @typedef {import('./sums.mjs').Sum} Sum */
/** @typedef {{root: string, node: string, reports: string}} Place `reports` is a folder for the runners' reports */

/**
 * Runs a tool whose exit code is its result, and counts it as one test.
 * @param {Place} place
 * @param {string} script path of the tool's script inside node_modules
 * @param {readonly string[]} args
 * @returns {Promise<Sum>}
 */
export async function check(place, script, args) {
  return sumOfCheck(await tool(place, script, args));
}

/**
 * @param {Place} place
 * @param {readonly string[]} filters
 * @returns {Promise<Sum>}
 */
export async function vitest(place, filters) {
  const report = join(place.reports, 'vitest.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const code = await tool(place, 'vitest/vitest.mjs', ['run', ...reporters, ...filters]);
  return sumOfVitest(readJson(report), code);
}

/**
 * Without a browser every end-to-end test counts as skipped, and the reason is printed.
 * @param {Place} place
 * @param {readonly string[]} filters
 * @returns {Promise<Sum>}
 */
export async function playwright(place, filters) {
  const report = join(place.reports, 'playwright.json');
  const script = '@playwright/test/cli.js';
  const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report };
  const args = ['test', '--pass-with-no-tests', ...filters];
  const missing = await ensureChromium(place.root, place.node);
  if (missing === null) {
    const code = await tool(place, script, [...args, '--reporter=list,json'], env);
    return sumOfPlaywright(readJson(report), code);
  }
  const code = await tool(place, script, [...args, '--list', '--reporter=json'], env);
  const listed = sumOfPlaywright(readJson(report), code);
  const skipped = testsListed(readJson(report));
  return {
    passed: 0,
    failed: listed.failed,
    skipped,
    problem: `end-to-end tests skipped: ${missing}`,
  };
}

/**
 * @param {Place} place
 * @param {string} script
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 */
async function tool(place, script, args, env = process.env) {
  const path = join(place.root, 'node_modules', script);
  const name = script.replace('@', '').split('/')[0];
  process.stdout.write(`\n> ${name} ${args.join(' ')}\n`);
  const { code } = await runChild(place.node, [path, ...args], {
    cwd: place.root,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
    deadlineMs,
  });
  return code;
}

/** @param {string} file */
function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
