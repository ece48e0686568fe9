import { LineCounter } from 'yaml';
import { lineOfPath } from '../../validation/yaml/line-of-path.ts';
import type { YamlFile } from './yaml-file.ts';

type LineOf = (document: number, path: readonly (string | number)[]) => number;

/** Tells the line, from 1, of a path in a document of the file. The text is gone through once for all of them. */
export function linesOf({ text, documents }: YamlFile): LineOf {
  const counter = new LineCounter();
  counter.addNewLine(0);
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    counter.addNewLine(at + 1);
  }
  return (document, path) => {
    const node = documents[document]?.node;
    return node ? counter.linePos(lineOfPath(node, path)).line : 1;
  };
}
