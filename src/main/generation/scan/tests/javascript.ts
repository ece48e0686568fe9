import { readJson } from '../formats/parse.ts';
import { at, text } from '../formats/values.ts';
import { inFolder } from '../project-tree.ts';
import { fileBelow, lineOf, type TestFinder } from './test-finder.ts';

/** Scripts in the order in which they are asked; those for a person at a keyboard are none. */
const scripts = ['test:ci', 'test', 'test:unit', 'test:run', 'unit'];
/** What `npm init` writes; and what needs a browser and a running system. */
const noTest = /no test specified|^\s*(?:exit|true|echo)\b|cypress|playwright|detox|wdio|--watch\b/;

/** The script of package.json, or the task of deno.json, that runs the tests once. */
export const javascriptTests: TestFinder = async (draft, tree) => {
  const manager = draft.get('packageManager');
  const file =
    manager === 'deno'
      ? tree.firstIn(draft.path, ['deno.json', 'deno.jsonc'])
      : inFolder(draft.path, 'package.json');
  const manifest = file === null || !tree.has(file) ? null : await readJson(tree, file);
  if (file === null || manifest === null) return null;
  const written = manager === 'deno' ? at(manifest, 'tasks') : at(manifest, 'scripts');
  for (const name of scripts) {
    const script = text(at(written, name));
    if (script === null || noTest.test(script)) continue;
    const line = lineOf((await tree.read(file)) ?? '', new RegExp(`"${name}"\\s*:`));
    return { command: command(manager ?? 'npm', name), at: { file, line } };
  }
  if (manager !== 'deno') return null;
  const place = fileBelow(draft, tree, /(?:[_.]|^)test\.[jt]sx?$/);
  return place && { command: 'deno test --allow-all', at: place };
};

function command(manager: string, script: string): string {
  if (manager === 'deno') return `deno task ${script}`;
  // `bun test` would run Bun's own runner.
  return script === 'test' && manager !== 'bun' ? `${manager} test` : `${manager} run ${script}`;
}
