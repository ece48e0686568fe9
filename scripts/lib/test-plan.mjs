import { Stop } from './stop.mjs';

const names = ['lint', 'typecheck', 'unit', 'integration', 'e2e', 'desktop'];
const folders = {
  unit: 'test/unit/',
  integration: 'test/integration/',
  e2e: 'test/e2e/',
  desktop: 'test/desktop/',
};

export const testUsage = `Usage: npm test [-- part…]

Sets up what is missing and runs everything, or only the named parts.

  part   ${names.join(', ')}, or a path under test/
  --help show this

The last line is "tests: N passed, N failed, N skipped", summed over all runners.`;

/** @typedef {{help: boolean, lint: boolean, typecheck: boolean, vitest: string[] | null, playwright: string[] | null}} TestPlan */

/**
 * What to run: of the filters, null leaves the runner out and an empty list runs all that it has.
 * @param {readonly string[]} args
 * @returns {TestPlan}
 * @throws {Stop} with exit code 2 on anything unknown
 */
export function planTests(args) {
  const help = args.includes('--help') || args.includes('-h');
  if (help || args.length === 0) {
    return { help, lint: true, typecheck: true, vitest: [], playwright: [] };
  }
  /** @type {string[]} */
  const vitest = [];
  /** @type {string[]} */
  const playwright = [];
  for (const arg of args) {
    const path = /** @type {Record<string, string>} */ (folders)[arg] ?? arg.replace(/^\.\//, '');
    if (path.startsWith(folders.unit) || path.startsWith(folders.integration)) vitest.push(path);
    else if (path.startsWith(folders.e2e) || path.startsWith(folders.desktop))
      playwright.push(path);
    else if (!names.includes(arg)) throw new Stop(`Unknown part "${arg}".\n\n${testUsage}`, 2);
  }
  return {
    help,
    lint: args.includes('lint'),
    typecheck: args.includes('typecheck'),
    vitest: vitest.length > 0 ? vitest : null,
    playwright: playwright.length > 0 ? playwright : null,
  };
}
