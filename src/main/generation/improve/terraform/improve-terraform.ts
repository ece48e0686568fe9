import type { HclFile } from '../../validation/terraform/hcl/parse-hcl.ts';
import type { TextFile } from '../../validation/validator.ts';
import { asItIs, type Improvement } from '../improvement.ts';
import { changeHcl } from './change-hcl.ts';
import { FileChanges, type NotedChange } from './file-changes.ts';
import { hardenResources } from './harden.ts';
import { modernTypes } from './plain-types.ts';
import { readProject } from './project.ts';
import { hideSecrets } from './sensitive.ts';
import { boundVersions } from './versions.ts';

/**
 * An author's Terraform with small changes, by path: versions that the lock file or the syntax tells,
 * secrets that plans do not show, what providers leave open closed where the cloud changes it in place.
 * `unread` are files of theirs that are not given: of modules with one nothing is said to be missing.
 */
export function improveTerraform(
  files: readonly TextFile[],
  unread: readonly string[] = [],
): ReadonlyMap<string, Improvement> {
  const project = readProject(files, unread);
  const to = new FileChanges();
  for (const module of project.modules.values()) {
    if (module.files.some(({ hcl }) => hcl.faults.length > 0)) continue;
    modernTypes(module, to);
    boundVersions(project, module, to);
    hideSecrets(project, module, to);
    hardenResources(project, module, to);
  }
  const parsed = new Map(
    [...project.modules.values()].flatMap(({ files: own }) =>
      own.map((one) => [one.path, one.hcl]),
    ),
  );
  return new Map(
    files.flatMap((file) => {
      const hcl = parsed.get(file.path);
      if (!hcl) return [];
      const improved = improveFile(file, hcl, to.changes.get(file.path) ?? []);
      const left = [...improved.left, ...(to.left.get(file.path) ?? [])];
      return [[file.path, { ...improved, left }]];
    }),
  );
}

/** Changes of a file that are tried one by one where not all can be made: each reads it anew. */
const maxSingle = 20;

/** All changes at once, or else those that can be made, one by one. */
function improveFile(
  { content }: TextFile,
  hcl: HclFile,
  wanted: readonly NotedChange[],
): Improvement {
  const made = possible(content, hcl, wanted);
  const text = changeHcl(
    content,
    hcl,
    made.map(({ change }) => change),
  );
  if (text === null) return asItIs(content);
  return {
    content: text,
    done: made.map(({ note }) => note),
    left: wanted
      .filter((one) => !made.includes(one))
      .map(({ note }) => ({ ...note, text: `${note.text} The file leaves no room to write it.` })),
  };
}

function possible(
  content: string,
  hcl: HclFile,
  wanted: readonly NotedChange[],
): readonly NotedChange[] {
  const fits = (some: readonly NotedChange[]): boolean =>
    changeHcl(
      content,
      hcl,
      some.map(({ change }) => change),
    ) !== null;
  if (fits(wanted)) return wanted;
  const single = wanted.slice(0, maxSingle).filter((one) => fits([one]));
  return fits(single) ? single : [];
}
