import type { Draft } from '../draft.ts';
import { fileBelow, type TestFinder } from './test-finder.ts';

const conventions: Readonly<Record<string, readonly [files: RegExp, command: string]>> = {
  go: [/_test\.go$/, 'go test ./...'],
  // Tests may stand in any source; without one, cargo says so and succeeds.
  rust: [/^Cargo\.toml$/, 'cargo test'],
  swift: [/^Tests\/.+\.swift$/, 'swift test'],
  dart: [/^test\/.+_test\.dart$/, 'dart test'],
  crystal: [/^spec\/.+_spec\.cr$/, 'crystal spec'],
};

/** Tests that the compiler's own tool runs, where their files are there. */
export const compiledTests: TestFinder = async (draft, tree) => {
  const [files, command] = conventions[draft.language] ?? [];
  const at = files === undefined ? null : fileBelow(draft, tree, files);
  if (at === null || command === undefined) return null;
  if (draft.language === 'rust') return { command: `${command}${cargoOptions(draft)}`, at };
  const flutter = draft.language === 'dart' && draft.get('framework') === 'flutter';
  return { command: flutter ? 'flutter test' : command, at };
};

/** The lockfile is obeyed as by the build, whose features make the code compile at all. */
function cargoOptions(draft: Draft): string {
  const locked = draft.get('lockfile') === null ? '' : ' --locked';
  const features = /\s--features[= ][\w,/-]+/.exec(draft.get('build') ?? '')?.[0] ?? '';
  return `${locked}${features}`;
}
