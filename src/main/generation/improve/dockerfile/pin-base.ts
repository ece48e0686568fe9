import type { ImprovementNote } from '../improvement.ts';
import type { TextEdit } from '../text-edits.ts';
import { imageParts } from './base-image.ts';
import { type DockerfileText, sourceOf } from './dockerfile-text.ts';
import type { DockerfileFacts } from './facts.ts';

/** Images of a language's runtime: which languages run in it, and how many numbers its tags take. */
const runtimes: Readonly<Record<string, { readonly languages: string; readonly parts: number }>> = {
  node: { languages: 'javascript typescript', parts: 3 },
  python: { languages: 'python', parts: 3 },
  golang: { languages: 'go', parts: 3 },
  ruby: { languages: 'ruby', parts: 3 },
  rust: { languages: 'rust', parts: 3 },
  php: { languages: 'php', parts: 3 },
  elixir: { languages: 'elixir', parts: 2 },
  swift: { languages: 'swift', parts: 2 },
  dart: { languages: 'dart', parts: 2 },
  'eclipse-temurin': { languages: 'java kotlin scala clojure', parts: 1 },
  amazoncorretto: { languages: 'java kotlin scala clojure', parts: 1 },
};

/** Gives images without a version the one that the project pins; others only a person can tell. */
export function pinBases(file: DockerfileText, facts: DockerfileFacts | null): Piece {
  const edits: TextEdit[] = [];
  const done: ImprovementNote[] = [];
  const left: ImprovementNote[] = [];
  for (const { base, parent, line } of file.tree.stages) {
    if (base === '' || base === 'scratch' || parent !== null || /[$@]/.test(base)) continue;
    const { repository, tag } = imageParts(base);
    if (tag !== null && tag !== 'latest') continue;
    const { start, source } = sourceOf(file, { line, endLine: line });
    const [, head = '', written = ''] = /^(\s*FROM\s+(?:--\S+\s+)*)(\S+)/i.exec(source) ?? [];
    const version = versionFor(repository, facts);
    if (written !== base || version === null) {
      left.push({
        line,
        text: `${base} names no version, and the project does not say which it needs: name the one that you run today.`,
      });
      continue;
    }
    const bare = tag === null ? written : written.slice(0, -tag.length - 1);
    const at = start + head.length;
    edits.push({ start: at, end: at + written.length, text: `${bare}:${version}` });
    done.push({
      line,
      text: `${base} becomes ${bare}:${version}, the version that the project pins.`,
    });
  }
  return { edits, done, left };
}

/** A part of an improvement: its edits, and what is said of them. */
export type Piece = {
  readonly edits: readonly TextEdit[];
  readonly done: readonly ImprovementNote[];
  readonly left: readonly ImprovementNote[];
};

/** The tag of a language's image for the version that a service pins; null where it pins none, or runs in another. */
export function versionFor(
  repository: string,
  facts: Pick<DockerfileFacts, 'language' | 'version'> | null,
): string | null {
  const runtime = Object.hasOwn(runtimes, repository) ? runtimes[repository] : undefined;
  if (!runtime || !facts?.version || !runtime.languages.split(' ').includes(facts.language))
    return null;
  const numbers = /^v?(\d{1,6}(?:\.\d{1,6}){0,3})$/.exec(facts.version)?.[1];
  return numbers?.split('.').slice(0, runtime.parts).join('.') ?? null;
}
