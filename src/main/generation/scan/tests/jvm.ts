import { buildTool } from '../detectors/jvm/wrapper.ts';
import { fileBelow, type TestFinder } from './test-finder.ts';

/** The build tool's own tests, where the service has a `src/test` or `test` of its own. */
export const jvmTests: TestFinder = async (draft, tree) => {
  const at = fileBelow(draft, tree, /^(?:src\/test\/|test\/).+\.(?:java|kt|scala|groovy|cljc?)$/);
  if (at === null) return null;
  if (tree.firstIn(draft.path, ['pom.xml']) !== null) {
    const maven = await buildTool(tree, draft.path, 'mvnw', 'mvn');
    return { command: `${modules(draft.get('build'), maven.from(draft.path))} verify`, at };
  }
  if (tree.firstIn(draft.path, ['build.gradle.kts', 'build.gradle']) !== null) {
    const gradle = await buildTool(tree, draft.path, 'gradlew', 'gradle');
    return { command: `${gradle.from(draft.path)} check --no-daemon`, at };
  }
  if (tree.firstIn(draft.path, ['build.sbt']) !== null) return { command: 'sbt test', at };
  if (tree.firstIn(draft.path, ['project.clj']) !== null) return { command: 'lein test', at };
  return null;
};

/** A module of several is tested with those it needs, as its build command names them. */
function modules(build: string | null, tool: string): string {
  const asked = /(?:^|\s)(-f \S+ )?-pl \S+ -am\b/.exec(build ?? '')?.[0]?.trim();
  return asked === undefined ? `${tool} -B` : `${tool} -B ${asked}`;
}
