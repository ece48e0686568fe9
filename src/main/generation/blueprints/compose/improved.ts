import type { ScanResult, Service } from '#shared/scan.ts';
import type { Target } from '#shared/target.ts';
import { improveCompose } from '../../improve/compose/improve-compose.ts';
import type { RunsAs } from '../../improve/dockerfile/runs-as.ts';
import { withNames } from '../../improve/env-lines.ts';
import { inFolder, parentOf } from '../../scan/project-tree.ts';
import { type Mapping, mapping } from '../../validation/plain.ts';
import { isImproved, type Surroundings, type WrittenFile } from '../blueprint.ts';
import { imageUser } from '../dockerfile/image-user.ts';
import { freePath } from '../free-path.ts';
import { leftNotes, textsOf } from '../left-notes.ts';
import { composeArtifacts, composePath } from './compose.ts';
import { unsentPasswords, unsentSystems } from './unsent.ts';

/** The author's Compose file, the example of its variables, and what its images are built from. */
export function composeReads(
  project: ScanResult,
  _service: Service | null,
  target: Target,
): readonly string[] {
  if (target.existing === 'replace') return [];
  const path = placeOf(project);
  if (!project.existing.some((one) => one.path === path)) return [];
  const dockerfiles = project.existing.filter(({ kind }) => kind === 'dockerfile');
  return [path, inFolder(parentOf(path), example), ...dockerfiles.map((one) => one.path)];
}

/** The author's Compose file with small changes where there is one, else ours. */
export function composeFiles(
  project: ScanResult,
  _service: Service | null,
  surroundings: Surroundings,
): readonly WrittenFile[] {
  const path = placeOf(project);
  const author = surroundings.texts.get(path);
  if (!author || !isImproved(surroundings, path)) return composeArtifacts(project);
  const improved = improveCompose(author.content, (service) =>
    userOf(project, service, parentOf(path), surroundings),
  );
  const { content, left, asked, done } = improved;
  const fixed = fixedPasswords(project, content);
  const own: WrittenFile = {
    kind: 'compose',
    path,
    content,
    notes: leftNotes([
      ...left,
      ...[...fixed.keys()].map((name) => ({
        line: 1,
        text: `No source reads a variable for ${name}, so that they have the password in them: .env has to give the same. Let them read it from the environment before you change it.`,
      })),
    ]),
    mended: textsOf(done),
  };
  if (asked.length === 0) return [own];
  const names = inFolder(parentOf(path), example);
  const there = surroundings.texts.get(names);
  const head = '# Copy to .env and fill in. Keep .env out of version control.\n';
  return [
    own,
    { kind: 'compose', path: names, content: withNames(there?.content ?? head, asked, fixed) },
  ];
}

const example = '.env.example';

/** Of the variables that the file takes from `.env`, those of passwords that no service can be told. */
function fixedPasswords({ services }: ScanResult, content: string): ReadonlyMap<string, string> {
  const systems = [...new Set(services.flatMap(({ backingServices }) => backingServices))];
  const all = unsentPasswords(unsentSystems(services, systems));
  return new Map([...all].filter(([name]) => content.includes(`\${${name}`)));
}

/** The file that Compose reads in the project's root; where there is none, one in a folder for such files. */
function placeOf(project: ScanResult): string {
  const path = composePath(project);
  const there = new Set(project.existing.map((one) => one.path));
  const elsewhere = there.has(path)
    ? undefined
    : [...there].find((one) =>
        /^(?:\.?docker|deploy|deployment|infra)\/(?:docker-)?compose\.ya?ml$/.test(one),
      );
  return freePath(project, elsewhere ?? path, path, 'compose.omega.yaml');
}

function userOf(
  project: ScanResult,
  service: Mapping,
  folder: string,
  surroundings: Surroundings,
): RunsAs | null {
  const build =
    typeof service.build === 'string' ? { context: service.build } : mapping(service.build);
  const { context = '.', dockerfile = 'Dockerfile', target } = build;
  if (typeof context !== 'string' || typeof dockerfile !== 'string') return null;
  const path = inFolder(inFolder(folder, context), dockerfile);
  return imageUser(project, path, surroundings, typeof target === 'string' ? target : null);
}
