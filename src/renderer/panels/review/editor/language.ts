import { yaml } from '@codemirror/lang-yaml';
import { StreamLanguage } from '@codemirror/language';
import { dockerFile } from '@codemirror/legacy-modes/mode/dockerfile';
import type { Extension } from '@codemirror/state';

/** Highlighting for a file by its name; none for names that are not known. */
export function languageOf(path: string): Extension {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  if (name.endsWith('.yaml') || name.endsWith('.yml')) return yaml();
  if (name.endsWith('dockerfile') || name.startsWith('dockerfile')) {
    // Ignore files are named after the Dockerfile but hold patterns.
    return name.endsWith('ignore') ? [] : StreamLanguage.define(dockerFile);
  }
  return [];
}
