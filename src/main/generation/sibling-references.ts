import { posix } from 'node:path';
import { LineCounter } from 'yaml';
import { readYamlDocuments } from './read-yaml.ts';

/** References that one file may make; more is no file that people write. */
const maxReferences = 1_000;

/** Folders of the modules that a Terraform file calls by a path (`source = "./network"`), within the root. */
export function localModules(folder: string, content: string): readonly string[] {
  const calls = content.matchAll(/^[ \t]*source[ \t]*=[ \t]*"(\.{1,2}\/[^"\n]{0,500})"/gm);
  return within(
    [...calls].slice(0, maxReferences).map(([, source = '']) => posix.join(folder, source)),
  );
}

/** Everything in a kustomization that may be a path of the project; a caller looks which are there. */
export function kustomizationPaths(folder: string, content: string): readonly string[] {
  const texts: string[] = [];
  const collect = (value: unknown, depth: number): void => {
    if (texts.length >= maxReferences || depth > 6) return;
    if (typeof value === 'string') texts.push(value);
    else if (typeof value === 'object' && value !== null) {
      for (const held of Object.values(value)) collect(held, depth + 1);
    }
  };
  try {
    const [document] = readYamlDocuments(content, { lineCounter: new LineCounter() }) ?? [];
    collect(document?.toJS({ maxAliasCount: 100 }), 0);
  } catch {
    // What cannot be read is told where the kustomization itself is judged.
    return [];
  }
  const paths = texts
    // Generators name files as `key=path`.
    .flatMap((text) => [text, text.slice(text.indexOf('=') + 1)])
    .filter((text) => text.length <= 500 && /^[\w.@ /=+,~-]+$/.test(text) && !text.startsWith('/'))
    .map((text) => posix.join(folder, text));
  return within(paths);
}

function within(paths: readonly string[]): readonly string[] {
  const inside = paths
    .map((path) => path.replace(/\/+$/, ''))
    .filter((path) => path !== '' && path !== '..' && !path.startsWith('../'));
  return [...new Set(inside)];
}
