import type { Draft } from '../draft.ts';
import type { ProjectTree } from '../project-tree.ts';
import { compiledTests } from '../tests/compiled.ts';
import { dotnetTests } from '../tests/dotnet.ts';
import { javascriptTests } from '../tests/javascript.ts';
import { jvmTests } from '../tests/jvm.ts';
import { makefileTests } from '../tests/makefile.ts';
import { pythonTests } from '../tests/python.ts';
import { scriptedTests } from '../tests/scripted.ts';
import type { TestFinder } from '../tests/test-finder.ts';

const finders: Readonly<Record<string, TestFinder>> = {
  javascript: javascriptTests,
  typescript: javascriptTests,
  python: pythonTests,
  java: jvmTests,
  kotlin: jvmTests,
  scala: jvmTests,
  clojure: jvmTests,
  csharp: dotnetTests,
  fsharp: dotnetTests,
  ruby: scriptedTests,
  php: scriptedTests,
  elixir: scriptedTests,
  go: compiledTests,
  rust: compiledTests,
  swift: compiledTests,
  dart: compiledTests,
  crystal: compiledTests,
};

/** Finds how each service's own tests are run: as its manifests say, else by the convention of its stack. */
export async function readTests(drafts: readonly Draft[], tree: ProjectTree): Promise<void> {
  for (const draft of drafts) {
    if (draft.kind === 'static' && draft.language === 'html') continue;
    const finder = Object.hasOwn(finders, draft.language) ? finders[draft.language] : undefined;
    const found = (await finder?.(draft, tree)) ?? (await makefileTests(draft, tree));
    if (found) draft.testedBy(found.command, found.at);
  }
}
