import { quote, type Report } from '../report.ts';
import type { YamlPath } from '../yaml/line-of-path.ts';
import type { Pipeline } from './pipeline-model.ts';
import { Reference } from './reference.ts';

const url = 'https://docs.gitlab.com/ci/yaml/yaml_optimization/#reference-tags';
const maxDepth = 100;

/** References whose place is not in the file, which GitLab refuses before it looks at any job. */
export function judgeLinks({ root, includes, lineOf }: Pipeline, report: Report): void {
  if (includes) return;
  const judge = (value: unknown, path: YamlPath): void => {
    if (value instanceof Reference) {
      if (isThere(root, value)) return;
      const message = `!reference names ${quote(value.join(', '))}, which is not in this file. Mend the names, or include the file that has it.`;
      report.add('gitlab-ci/unknown-reference', 'error', lineOf(path), message, url);
    } else if (typeof value === 'object' && value !== null && path.length < maxDepth) {
      for (const [key, held] of Object.entries(value))
        judge(held, [...path, Array.isArray(value) ? Number(key) : key]);
    }
  };
  judge(root, []);
}

function isThere(root: unknown, path: readonly string[]): boolean {
  let at = root;
  for (const step of path) {
    // What a reference stands for is not looked into.
    if (at instanceof Reference) return true;
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return false;
    at = (at as Readonly<Record<string, unknown>>)[step];
  }
  return true;
}
