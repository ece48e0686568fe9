/** @typedef {{passed: number, failed: number, skipped: number, problem: string | null}} Sum */

/**
 * Sums one run that is a test as a whole (the linter, a type check, the build).
 * @param {number} exitCode
 * @returns {Sum}
 */
export function sumOfCheck(exitCode) {
  const ok = exitCode === 0;
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0, problem: null };
}

/**
 * Sums vitest's JSON report. A file that could not be loaded holds no tests and counts as one
 * failure; so does a bad end that no test explains (errors outside of tests, a crash).
 * @param {unknown} report the parsed report, or null when there is none
 * @param {number} exitCode
 * @returns {Sum}
 */
export function sumOfVitest(report, exitCode) {
  if (!isRecord(report)) return crashed('vitest', exitCode);
  const files = Array.isArray(report.testResults) ? report.testResults : [];
  const unloaded = files.filter(
    (file) => file?.status === 'failed' && !file.assertionResults?.some(isFailed),
  ).length;
  return explained('vitest', exitCode, {
    passed: count(report.numPassedTests),
    failed: count(report.numFailedTests) + unloaded,
    skipped: count(report.numPendingTests) + count(report.numTodoTests),
  });
}

/**
 * Sums Playwright's JSON report; a flaky test passed. Errors outside of tests count as failures.
 * @param {unknown} report the parsed report, or null when there is none
 * @param {number} exitCode
 * @returns {Sum}
 */
export function sumOfPlaywright(report, exitCode) {
  if (!isRecord(report) || !isRecord(report.stats)) return crashed('playwright', exitCode);
  const { expected, flaky, unexpected, skipped } = report.stats;
  const outside = Array.isArray(report.errors) ? report.errors.length : 0;
  return explained('playwright', exitCode, {
    passed: count(expected) + count(flaky),
    failed: count(unexpected) + outside,
    skipped: count(skipped),
  });
}

/**
 * How many tests a Playwright report (`--list`) names, one for each project that a test runs in.
 * @param {any} suite the report, or a suite of it
 * @returns {number}
 */
export function testsListed(suite) {
  let listed = 0;
  for (const spec of suite?.specs ?? []) listed += spec.tests?.length ?? 0;
  for (const child of suite?.suites ?? []) listed += testsListed(child);
  return listed;
}

/**
 * Adds up; the line is the last one that `npm test` prints.
 * @param {readonly Sum[]} sums
 * @returns {{line: string, exitCode: number}} 1 when anything failed or nothing passed or failed
 */
export function total(sums) {
  const add = (/** @type {'passed' | 'failed' | 'skipped'} */ key) =>
    sums.reduce((n, sum) => n + sum[key], 0);
  const [passed, failed, skipped] = [add('passed'), add('failed'), add('skipped')];
  return {
    line: `tests: ${passed} passed, ${failed} failed, ${skipped} skipped`,
    exitCode: failed > 0 || passed === 0 ? 1 : 0,
  };
}

/**
 * @param {string} runner
 * @param {number} exitCode
 * @param {{passed: number, failed: number, skipped: number}} counts
 * @returns {Sum}
 */
function explained(runner, exitCode, counts) {
  if (exitCode === 0 || counts.failed > 0) return { ...counts, problem: null };
  return {
    ...counts,
    failed: 1,
    problem: `${runner} ended with ${exitCode} though no test failed: see its output above`,
  };
}

/**
 * @param {string} runner
 * @param {number} exitCode
 * @returns {Sum}
 */
function crashed(runner, exitCode) {
  const problem = `${runner} ended with ${exitCode} and left no report`;
  return { passed: 0, failed: 1, skipped: 0, problem };
}

/** @param {unknown} value */
const count = (value) => (typeof value === 'number' && Number.isInteger(value) ? value : 0);

/** @param {any} result */
const isFailed = (result) => result?.status === 'failed';

/**
 * @param {unknown} value
 * @returns {value is Record<string, any>}
 */
const isRecord = (value) => typeof value === 'object' && value !== null;
