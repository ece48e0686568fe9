import type { Tree } from '@lezer/common';

/** A parser that goes on after faults and marks them. */
export type SourceParser = { parse(text: string): Tree };

/**
 * The grammar of a file by its ending, loaded at its first use; null where there is none that
 * reads all of the language (that of Go stumbles over correct programs).
 */
export async function sourceParser(end: string): Promise<SourceParser | null> {
  if (end === 'py') return (await import('@lezer/python')).parser;
  if (end === 'java') return (await import('@lezer/java')).parser;
  if (!/^[cm]?[jt]sx?$/.test(end)) return null;
  const { parser } = await import('@lezer/javascript');
  const dialect = [
    end.includes('t') ? 'ts' : '',
    end.endsWith('x') || !end.includes('t') ? 'jsx' : '',
  ];
  return parser.configure({ dialect: dialect.filter(Boolean).join(' ') });
}
