import { type ProjectTree, parentOf, relativeTo } from '../project-tree.ts';
import type { TestFinder } from './test-finder.ts';

/** Test projects that one service runs at most. */
const maxProjects = 3;

/** The test projects that refer to the service's own project; all of them where there is one service. */
export const dotnetTests: TestFinder = async (draft, tree) => {
  const own = [...tree.withExtension('.csproj'), ...tree.withExtension('.fsproj')].filter(
    (file) => parentOf(file) === draft.path,
  );
  const names = own.map((file) => file.slice(file.lastIndexOf('/') + 1));
  const found: string[] = [];
  for (const file of await testProjects(tree)) {
    const text = ((await tree.read(file)) ?? '').replaceAll('\\', '/');
    if (names.some((name) => text.includes(`/${name}"`))) found.push(file);
  }
  const [first] = found;
  if (first === undefined) return null;
  const runs = found
    .slice(0, maxProjects)
    .map((file) => `dotnet test ${relativeTo(draft.path, parentOf(file))}`);
  return { command: runs.join(' && '), at: { file: first, line: 1 } };
};

const tables = new WeakMap<ProjectTree, Promise<readonly string[]>>();

/** Projects with a test runner for one process; those that need a browser or a whole system are left out. */
function testProjects(tree: ProjectTree): Promise<readonly string[]> {
  const known = tables.get(tree);
  if (known) return known;
  const made = (async () => {
    const files = [...tree.withExtension('.csproj'), ...tree.withExtension('.fsproj')];
    const named = files.filter(
      (file) => /tests?(?:\.\w+)?\.[cf]sproj$/i.test(file) && !/e2e|functional/i.test(file),
    );
    const texts = await Promise.all(named.map((file) => tree.read(file)));
    return named.filter((_, at) =>
      /Microsoft\.NET\.Test\.Sdk|MSTest|xunit|NUnit/i.test(texts[at] ?? ''),
    );
  })();
  tables.set(tree, made);
  return made;
}
