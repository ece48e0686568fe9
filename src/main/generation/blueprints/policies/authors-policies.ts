import type { ScanResult } from '#shared/scan.ts';
import { improveKyverno } from '../../improve/policies/improve-kyverno.ts';
import { readYamlFile } from '../../improve/yaml/yaml-file.ts';
import { mapping } from '../../validation/plain.ts';
import { authorsOfKind } from '../authors-texts.ts';
import type { Surroundings, WrittenFile } from '../blueprint.ts';
import { leftNotes, textsOf } from '../left-notes.ts';
import type { PodRule } from './kyverno.ts';

/** What an author's policy says where it holds what a rule of ours does. */
const covers: Readonly<Record<PodRule['name'], RegExp>> = {
  'require-run-as-non-root': /runAsNonRoot|podSecurity:/,
  'require-read-only-root': /readOnlyRootFilesystem/,
  'require-drop-all': /capabilities[\s\S]{0,400}drop|podSecurity:/,
  'disallow-latest': /!\*?:latest/,
  'require-requests-and-limits': /limits:[\s\S]{0,200}memory/,
  'restrict-registries': /registr(?:y|ies)/i,
};

/** The author's Kyverno policies with small changes, and the rules of ours that none of them holds. */
export function authorsPolicies(
  project: ScanResult,
  surroundings: Surroundings,
  own: readonly string[],
  rules: readonly PodRule[],
): { readonly files: readonly WrittenFile[]; readonly missing: readonly PodRule[] } {
  const authors = authorsOfKind(project, 'kyverno', own, surroundings);
  const isHeld = ({ name }: PodRule): boolean =>
    authors.some(({ content }) => covers[name]?.test(content) === true);
  const held = rules.filter(isHeld).map(({ name }) => name);
  const beside = {
    line: 1,
    text: `Policies of yours hold this already, so rules of ours are not written for it: ${held.join(', ')}.`,
  };
  return {
    missing: rules.filter((one) => !isHeld(one)),
    files: authors.map((author, at) => {
      const { content, left, done } = improveKyverno(author.content);
      const said = at === 0 && held.length > 0 ? [beside, ...left] : left;
      return {
        kind: 'policies',
        path: author.path,
        content,
        notes: leftNotes(said),
        mended: textsOf(done),
      };
    }),
  };
}

/** The names of the namespaces that an author's manifests make. */
export function authorsNamespaces(
  surroundings: Surroundings,
  paths: readonly string[],
): readonly string[] {
  const names = paths.flatMap((path) => {
    const text = surroundings.texts.get(path);
    // Few files have one: only those are parsed.
    if (!text || text.isOurs || !/^kind:[ \t]*["']?Namespace\b/m.test(text.content)) return [];
    return (readYamlFile(text.content)?.documents ?? []).flatMap(({ value }) => {
      const { kind, metadata } = mapping(value);
      const { name } = mapping(metadata);
      return kind === 'Namespace' && typeof name === 'string' ? [name] : [];
    });
  });
  return [...new Set(names)];
}
