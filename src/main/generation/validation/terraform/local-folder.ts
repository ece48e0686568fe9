import { textOf } from './hcl/read-values.ts';
import type { Block } from './hcl/syntax.ts';

/** The folder that a module block takes its module from, where `source` is a local path; null otherwise. */
export function localFolder(block: Block, from: string): string | null {
  const source = textOf(block.body, 'source');
  if (source === undefined || !/^\.\.?(?:\/|$)/.test(source)) return null;
  const parts = from === '' ? [] : from.split('/');
  for (const part of source.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    // Out of what is known.
    else if (parts.pop() === undefined) return null;
  }
  return parts.join('/');
}
