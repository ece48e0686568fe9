import { posix } from 'node:path';
import type { TextFile } from '../../validator.ts';
import { parseYaml, type YamlDocument } from '../../yaml/parse-yaml.ts';

/** Names of the file that makes a folder a kustomization. */
export const kustomizationNames = [
  'kustomization.yaml',
  'kustomization.yml',
  'Kustomization',
] as const;

/** Whether a file makes its folder a kustomization. */
export function isKustomization(path: string): boolean {
  return kustomizationNames.some((name) => posix.basename(path) === name);
}

/** The files that a build may read, by path from the project's root; each is parsed once. */
export class ProjectFiles {
  readonly #texts: ReadonlyMap<string, string>;
  readonly #parsed = new Map<string, ReturnType<typeof parseYaml>>();
  readonly #folders: ReadonlySet<string>;

  constructor(files: readonly TextFile[]) {
    this.#texts = new Map(files.map(({ path, content }) => [posix.normalize(path), content]));
    this.#folders = new Set([...this.#texts.keys()].flatMap(foldersOf));
  }

  /** The text of a file, or null where it is not known. */
  text(path: string): string | null {
    return this.#texts.get(path) ?? null;
  }

  /** The YAML documents of a file, whether all of it could be read, and whether it was too large to be. */
  yaml(path: string): {
    readonly documents: readonly YamlDocument[];
    readonly whole: boolean;
    readonly tooLarge: boolean;
  } {
    const known = this.#parsed.get(path);
    const parsed = known ?? parseYaml(this.text(path) ?? '', 'kustomize', 'kubernetes');
    if (!known) this.#parsed.set(path, parsed);
    const { documents, report } = parsed;
    const tooLarge = report.findings.some(({ rule }) => rule === 'kustomize/too-large');
    return { documents, whole: report.findings.length === 0, tooLarge };
  }

  /** The kustomization of a folder, or null where none is known. */
  kustomizationIn(folder: string): string | null {
    const paths = kustomizationNames.map((name) => posix.join(folder, name));
    return paths.find((path) => this.#texts.has(path)) ?? null;
  }

  isFolder(path: string): boolean {
    return this.#folders.has(path);
  }

  /**
   * Whether a file that is not among these is known to lack: others than kustomizations are known,
   * and some of them on the same side of `folder`, in it or outside.
   */
  lacks(path: string, folder: string): boolean {
    const inside = isBelow(path, folder);
    return [...this.#texts.keys()].some(
      (known) => isBelow(known, folder) === inside && !isKustomization(known),
    );
  }
}

/** Whether a path lies in a folder or below it; the root is `.`. */
export function isBelow(path: string, folder: string): boolean {
  return folder === '.' ? !path.startsWith('..') : path === folder || path.startsWith(`${folder}/`);
}

function foldersOf(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1);
  return ['.', ...parts.map((_, index) => parts.slice(0, index + 1).join('/'))];
}
