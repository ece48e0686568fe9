import type { ScanResult, Service } from '#shared/scan.ts';
import { improveDockerfile } from '../../improve/dockerfile/improve-dockerfile.ts';
import { type RunsAs, runsAs } from '../../improve/dockerfile/runs-as.ts';
import type { Surroundings } from '../blueprint.ts';
import { isDeployable } from '../deployable.ts';
import { dockerfilePath } from '../names.ts';
import { dockerfileFacts } from './improved.ts';

/**
 * Whom the image of a Dockerfile runs as once the file is improved, as the run proposes beside this
 * one: the files of a run agree, and the next finds nothing left to do.
 */
export function imageUser(
  project: ScanResult,
  path: string,
  surroundings: Surroundings,
  stage: string | null = null,
): RunsAs | null {
  const known = users.get(surroundings.texts) ?? new Map<string, RunsAs | null>();
  users.set(surroundings.texts, known);
  const key = `${path}\n${stage ?? ''}`;
  const there = known.get(key);
  if (there !== undefined) return there;
  const user = readUser(project, path, surroundings, stage);
  known.set(key, user);
  return user;
}

/** A run asks the same for every container: what was read of the same texts is kept. */
const users = new WeakMap<Surroundings['texts'], Map<string, RunsAs | null>>();

function readUser(
  project: ScanResult,
  path: string,
  { texts }: Surroundings,
  stage: string | null,
): RunsAs | null {
  const text = texts.get(path);
  if (!text) return null;
  const service = byDockerfile(project).get(path);
  const facts = service ? dockerfileFacts(service) : null;
  const content = text.isOurs ? text.content : improveDockerfile(text.content, facts).content;
  return runsAs(content, stage);
}

/** Services by the paths of their Dockerfiles; made once for a scan. */
const services = new WeakMap<ScanResult, ReadonlyMap<string, Service>>();

function byDockerfile(project: ScanResult): ReadonlyMap<string, Service> {
  const known = services.get(project);
  if (known) return known;
  const made = new Map<string, Service>();
  for (const service of project.services.filter(isDeployable)) {
    const path = dockerfilePath(project, service);
    if (!made.has(path)) made.set(path, service);
  }
  services.set(project, made);
  return made;
}
