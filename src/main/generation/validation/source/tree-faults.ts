import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Node, Parser } from '@vscode/tree-sitter-wasm';
import { quote } from '../report.ts';
import type { Fault, FindFaults } from './fault.ts';
import { treeRules } from './tree-rules.ts';

/** Grammars by the ending of a file; those that take all of their language. */
const grammars: Readonly<Record<string, string>> = { py: 'python', java: 'java', go: 'go' };
const parsers = new Map<string, Promise<Parser>>();
/** What follows the first faults of a file is mostly theirs. */
const maxFaults = 5;
/** Real files take about a millisecond a kilobyte; what takes longer was made to. */
const maxMs = 5_000;

/**
 * Finds where Python, Java or Go breaks, by tree-sitter (compiled to WASM, loaded at the first use);
 * null for other endings.
 */
export async function treeFaults(end: string): Promise<FindFaults | null> {
  const grammar = Object.hasOwn(grammars, end) ? grammars[end] : undefined;
  if (grammar === undefined) return null;
  const loading = parsers.get(grammar) ?? load(grammar);
  parsers.set(grammar, loading);
  const parser = await loading;
  return (content) => {
    const until = performance.now() + maxMs;
    const progressCallback = (): boolean => performance.now() > until;
    const tree = parser.parse(content, null, { progressCallback });
    if (tree === null) {
      parser.reset();
      return [{ line: 1, message: 'it takes too long to be read' }];
    }
    try {
      const faults = collect(tree.rootNode, content);
      const rules = faults.length === 0 ? treeRules[grammar]?.(tree, content) : undefined;
      return rules?.slice(0, maxFaults) ?? faults;
    } finally {
      tree.delete();
    }
  };
}

async function load(grammar: string): Promise<Parser> {
  const require = createRequire(import.meta.url);
  const name = '@vscode/tree-sitter-wasm';
  // Its build is of a form whose exports an import does not see.
  const { Language, Parser } = require(name) as typeof import('@vscode/tree-sitter-wasm');
  await Parser.init();
  const parser = new Parser();
  parser.setLanguage(
    await Language.load(join(dirname(require.resolve(name)), `tree-sitter-${grammar}.wasm`)),
  );
  return parser;
}

/** The innermost nodes that the parser could not place, in the order of the text. */
function collect(root: Node, content: string): readonly Fault[] {
  const faults: Fault[] = [];
  const open = [root];
  for (let node = open.pop(); node && faults.length < maxFaults; node = open.pop()) {
    const line = node.startPosition.row + 1;
    if (node.isMissing) {
      faults.push({ line, message: `${quote(node.type, 30)} is missing` });
      continue;
    }
    if (!node.hasError) continue;
    const inner = node.children.filter((child) => child?.hasError || child?.isMissing);
    for (const child of inner.reverse()) if (child) open.push(child);
    if (!node.isError || inner.length > 0) continue;
    const near = content.slice(node.startIndex).trimStart().split(/\s/, 1)[0] ?? '';
    const what = near === '' ? 'the end' : quote(near, 30);
    faults.push({ line, message: `${what} cannot stand here` });
  }
  return faults;
}
