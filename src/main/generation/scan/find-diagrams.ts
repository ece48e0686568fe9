import { isDiagramFile } from '#shared/image.ts';
import type { Diagram } from '#shared/scan.ts';
import { isCopied, isTestPath } from './foreign-folders.ts';

/** Diagrams that are listed at most. */
const maxDiagrams = 100;

/** Words of names that say a drawing of the system, wherever it lies. */
const drawn = /architect|diagram|topolog|infrastructure/i;
/** Words that say so only beside documents: an app's own pictures have such names too. */
const perhapsDrawn =
  /deploy|data-?flow|workflow|sequence|component|overview|network|schema|system|pipeline|\b(?:c4|erd?)\b/i;
/** Folders that hold drawings, by their whole name. */
const drawings =
  /^(?:architecture|diagrams?|drawings?|c4|design|adrs?|uml|plantuml|mermaid|drawio)$/i;
/** Folders of documents, in which images may be anything. */
const documents = /^(?:docs?|documentation|design-docs|wiki)$/i;
/** What an app shows of itself; no drawing, wherever it lies. */
const decoration =
  /logo|icon|favicon|badge|avatar|banner|sponsor|screenshot|screen-shot|sprite|emoji|flag|background|apple-touch|og-image|thumb/i;

/**
 * The images of a project that show how it is built, by their names and folders alone, likeliest
 * first: those whose name says so, those in a folder of drawings, then other images of the documents.
 * @param files paths relative to the root, with forward slashes, sorted
 */
export function findDiagrams(files: readonly string[]): readonly Diagram[] {
  const ranks: [string[], string[], string[]] = [[], [], []];
  for (const path of files) {
    if (!isDiagramFile(path) || isTestPath(path) || isCopied(path)) continue;
    const rank = rankOf(path);
    if (rank !== null) ranks[rank].push(path);
  }
  return ranks
    .flat()
    .slice(0, maxDiagrams)
    .map((path) => ({ path }));
}

function rankOf(path: string): 0 | 1 | 2 | null {
  const folders = path.split('/');
  const name = (folders.pop() ?? '').replace(/\.\w+$/, '');
  const inDrawings = folders.some((folder) => drawings.test(folder));
  if (decoration.test(name)) return null;
  const inDocuments = folders.some((folder) => documents.test(folder));
  const atTop = folders.length === 0;
  if (drawn.test(name)) return 0;
  if (perhapsDrawn.test(name) && (atTop || inDocuments || inDrawings)) return 0;
  if (inDrawings) return 1;
  return inDocuments ? 2 : null;
}
