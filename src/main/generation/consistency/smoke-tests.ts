import { type Comparison, finding, type PlacedFinding } from './compare-claims.ts';
import type { PipelineJob } from './pipeline.ts';

/** Tools that start something of their own, which may listen anywhere. */
const starts =
  /^(?:npm|npx|yarn|pnpm|bun|deno|node|python3?|uvicorn|flask|java|gradle|mvn|go|cargo|dotnet|php|ruby|make|task|kubectl|kind|minikube)$/;

/**
 * Whether a job that starts the project with Compose asks for it on a port that Compose publishes;
 * `published` is null where that is not written out.
 */
export function smokeTests(
  jobs: readonly PipelineJob[],
  published: ReadonlySet<string> | null,
): Comparison {
  const findings: PlacedFinding[] = [];
  let compared = 0;
  if (published === null || published.size === 0) return { compared, findings };
  for (const { commands } of jobs) {
    const isUp = commands.some(({ words }) =>
      /^docker(?:-compose| compose) .*\bup\b/.test(words.join(' ')),
    );
    const isOther = commands.some(
      ({ words }) => starts.test(words[0] ?? '') || (words[0] === 'docker' && words[1] === 'run'),
    );
    if (!isUp || isOther) continue;
    for (const { words, at } of commands) {
      if (words[0] !== 'curl' && words[0] !== 'wget') continue;
      const port = /(?:localhost|127\.0\.0\.1):(\d+)/.exec(words.join(' ').slice(0, 2_000))?.[1];
      if (port === undefined) continue;
      compared += 1;
      if (published.has(port)) continue;
      const message = `The pipeline asks for port ${port}, and Compose publishes ${[...published].slice(0, 10).join(', ')}. Ask for one of these.`;
      findings.push(finding('omega/port-differs', 'error', at, message));
    }
  }
  return { compared, findings };
}
