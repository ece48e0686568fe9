import type { Node, Tree } from '@vscode/tree-sitter-wasm';
import { quote } from '../report.ts';
import type { Fault } from './fault.ts';

/** What a grammar lets pass, and the language refuses before it runs anything; by the grammar's name. */
export const treeRules: Readonly<
  Record<string, (tree: Tree, content: string) => readonly Fault[]>
> = {
  python: layoutFaults,
  go: packageFaults,
};

/** Python's blocks hold something, and their lines begin at one column. */
function layoutFaults({ rootNode }: Tree, content: string): readonly Fault[] {
  const faults: Fault[] = [];
  const blocks = rootNode.descendantsOfType('block');
  for (const block of [rootNode, ...blocks]) {
    if (block === null) continue;
    const statements = block.namedChildren.filter((one) => one !== null && one.type !== 'comment');
    if (statements.length === 0 && block !== rootNode) {
      faults.push({
        line: lineOf(block.parent ?? block),
        message: 'its block is empty; write pass',
      });
    }
    let indent = block === rootNode ? '' : null;
    for (const one of statements) {
      const before = one && indentOf(one, content);
      if (!one || before === null) continue;
      indent ??= before;
      if (before !== indent)
        faults.push({ line: lineOf(one), message: 'the indentation fits no block' });
    }
  }
  for (const one of rootNode.descendantsOfType('try_statement')) {
    const isWhole = one?.namedChildren.some((part) => /^(?:except|finally)/.test(part?.type ?? ''));
    if (one && !isWhole)
      faults.push({ line: lineOf(one), message: 'try has no except and no finally' });
  }
  return faults;
}

/** The blanks before what stands first on its line; null for what does not. */
function indentOf({ startIndex }: Node, content: string): string | null {
  const before = content.slice(content.lastIndexOf('\n', startIndex - 1) + 1, startIndex);
  return /^[ \t\f\uFEFF]*$/.test(before) ? before.replace(/[\f\uFEFF]/g, '') : null;
}

const declarations =
  /^(?:package_clause|import_declaration|(?:function|method|const|var|type)_declaration|comment)$/;

/** A file of Go is a package clause and declarations. */
function packageFaults({ rootNode }: Tree): readonly Fault[] {
  const parts = rootNode.namedChildren.filter((one) => one !== null);
  const first = parts.find(({ type }) => type !== 'comment');
  if (first?.type !== 'package_clause') {
    return [{ line: first ? lineOf(first) : 1, message: 'the file must begin with its package' }];
  }
  return parts
    .filter(({ type }) => !declarations.test(type))
    .map((one) => {
      const near = quote(one.text.split('\n', 1)[0] ?? '', 30);
      return { line: lineOf(one), message: `${near} stands outside of every function` };
    });
}

function lineOf({ startPosition }: Node): number {
  return startPosition.row + 1;
}
