import type { Ignored, ScanResult } from '#shared/scan.ts';

/** Files that are named in one message; the scan itself lists all. */
const maxNamed = 5;

/** Names what could not be read or understood, each with its reason, in one line. */
export function describeProblems(problems: readonly Ignored[]): string {
  const named = problems.slice(0, maxNamed).map(({ path, reason }) => `"${path}" (${reason})`);
  const more = problems.length - named.length;
  return more > 0
    ? `${named.join('; ')}; and ${more} more, which the scan lists`
    : named.join('; ');
}

/** What could not be read or understood and lies in no service's folder: there may be one more. */
export function problemsOutside({ ignored, services }: ScanResult): readonly Ignored[] {
  const paths = new Set(services.map(({ path }) => path));
  if (paths.has('.')) return [];
  return ignored.filter(({ path, problem }) => {
    if (!problem) return false;
    const steps = path.split('/');
    return !steps.some((_, index) => paths.has(steps.slice(0, index).join('/')));
  });
}
