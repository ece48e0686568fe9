import type { ScanResult, Service } from '#shared/scan.ts';
import type { Target } from '#shared/target.ts';
import type { DockerfileFacts } from '../../improve/dockerfile/facts.ts';
import { copiesFolders, safeIgnores } from '../../improve/dockerfile/ignore-lines.ts';
import { improveDockerfile } from '../../improve/dockerfile/improve-dockerfile.ts';
import { isImproved, type Surroundings, type WrittenFile } from '../blueprint.ts';
import { leftNotes, textsOf } from '../left-notes.ts';
import { dockerfilePath } from '../names.ts';
import { dockerfileArtifacts, ignorePath } from './dockerfile.ts';
import { fetchCheck, pythonCheck, wgetCheck } from './health.ts';
import { commonIgnores, ignoreText } from './ignore.ts';
import { healthcheck } from './instructions.ts';
import { stackOf } from './stacks.ts';

/** The author's Dockerfile and the ignore files that may belong to it. */
export function dockerfileReads(
  project: ScanResult,
  service: Service | null,
  target: Target,
): readonly string[] {
  if (service === null || target.existing === 'replace') return [];
  const path = dockerfilePath(project, service);
  return [...new Set([path, `${path}.dockerignore`, ignorePath(project, service, path)])];
}

/** The author's Dockerfile with small changes where there is one, else ours; and an ignore file. */
export function dockerfileFiles(
  project: ScanResult,
  service: Service,
  surroundings: Surroundings,
): readonly WrittenFile[] {
  const { texts } = surroundings;
  const path = dockerfilePath(project, service);
  const usual = ignorePath(project, service, path);
  const author = texts.get(path);
  if (!author || !isImproved(surroundings, path)) {
    return dockerfileArtifacts(project, service, isImproved(surroundings, usual));
  }
  const { content, left, done } = improveDockerfile(author.content, dockerfileFacts(service));
  const own: WrittenFile = {
    kind: 'dockerfile',
    path,
    content,
    notes: leftNotes(left),
    mended: textsOf(done),
  };
  const there = [usual, `${path}.dockerignore`].map((one) => texts.get(one));
  const isMissing = there.every((one) => one === undefined || one.isOurs);
  if (!isMissing || !copiesFolders(author.content)) return [own];
  const safe = safeIgnores(content, service.language, commonIgnores);
  const ignore = {
    kind: 'dockerfile',
    path: usual,
    content: ignoreText(safe.common, service, safe.own),
  } as const;
  return [own, ignore];
}

/** What is known of a service that its Dockerfile can be improved by. */
export function dockerfileFacts(service: Service): DockerfileFacts {
  const { language, runtimeVersion: version, dataFolders } = service;
  const served = service.kind === 'web' || service.kind === 'static';
  const known = service.evidence.find(
    ({ fact, file }) => fact === 'ports' && !/dockerfile|compose/i.test(file),
  );
  const port = served && known ? (service.ports[0] ?? null) : null;
  return {
    language,
    version,
    port,
    writes: (dataFolders ?? []).length > 0 || writesBeside(service),
    health: port === null || !service.healthPath?.startsWith('/') ? null : checks(service, port),
  };
}

/** Whether the stack knows of folders that the service writes to; where it has no blueprint, nobody knows. */
function writesBeside(service: Service): boolean {
  try {
    return stackOf(service).image(service).writable.length > 0;
  } catch {
    return true;
  }
}

function checks(service: Service, port: number): DockerfileFacts['health'] {
  const path = service.healthPath?.replace(/[^\w\-./~%?&=]/g, '') ?? '/';
  const curl = ['curl', '-fsS', '-o', '/dev/null', `http://127.0.0.1:${port}${path}`];
  return {
    node: healthcheck(fetchCheck(['node', '-e'], service, port)),
    python: healthcheck(pythonCheck(service, port)),
    wget: healthcheck(wgetCheck(service, port)),
    curl: healthcheck(curl),
  };
}
