import type { ParserOptions, ParserPlugin } from '@babel/parser';
import type { FindFaults } from './fault.ts';

/**
 * Finds where JavaScript or TypeScript breaks, by Babel's parser. Dialects are many, and a file does
 * not say which is its own: it is whole where one of them takes it.
 */
export async function javascriptFaults(path: string, end: string): Promise<FindFaults> {
  const { parse } = await import('@babel/parser');
  return (content) => {
    let first: unknown = null;
    for (const plugins of dialects(path, end)) {
      try {
        parse(content, { ...options, plugins: [...plugins] });
        return [];
      } catch (error) {
        first ??= error;
      }
    }
    // The parser calls itself once a level.
    if (first instanceof RangeError) return [{ line: 1, message: 'it nests too deep to be read' }];
    const { loc, message } = first as SyntaxError & { readonly loc?: { readonly line: number } };
    if (loc === undefined) throw first;
    return [{ line: loc.line, message: message.replace(/\.?\s*\(\d+:\d+\)$/, '') }];
  };
}

/** What bundlers and Node's loaders take too. */
const options: ParserOptions = {
  sourceType: 'unambiguous',
  allowReturnOutsideFunction: true,
  allowAwaitOutsideFunction: true,
  allowUndeclaredExports: true,
};

function dialects(path: string, end: string): readonly (readonly ParserPlugin[])[] {
  const old: ParserPlugin = 'decorators-legacy';
  if (!end.includes('t')) {
    return [
      ['jsx', old],
      ['jsx', 'flow', 'decorators'],
    ];
  }
  const types: ParserPlugin = ['typescript', { dts: /\.d\.[cm]?ts$/.test(path) }];
  const jsx: readonly ParserPlugin[] = end.endsWith('x') ? ['jsx'] : [];
  return [
    [types, ...jsx, old],
    [types, ...jsx, 'decorators'],
  ];
}
