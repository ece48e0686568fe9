import { list, mapping } from '../plain.ts';
import type { Report } from '../report.ts';
import { judgeSecret } from '../secrets.ts';
import type { YamlPath } from '../yaml/line-of-path.ts';
import type { Pipeline } from './pipeline-model.ts';

/** Images that can change below a pipeline, secrets in the open, and Docker with all rights of its host. */
export function judgeSafety({ root, jobs, lineOf }: Pipeline, report: Report): void {
  const places: readonly (readonly [YamlPath, Readonly<Record<string, unknown>>])[] = [
    [[], root],
    [['default'], mapping(root.default)],
    ...[...jobs].map(([name, job]) => [[name], job] as const),
  ];
  for (const [path, held] of places) {
    judgeImage(held.image, [...path, 'image'], lineOf, report);
    for (const [at, service] of list(held.services).entries()) {
      judgeImage(service, [...path, 'services', at], lineOf, report);
      const name = imageName(service);
      if (name === null || !/^(?:\S+\/)?docker:\S*dind/.test(name)) continue;
      report.add(
        'gitlab-ci/docker-in-docker',
        'warning',
        lineOf([...path, 'services', at]),
        'Docker in Docker needs a privileged runner, which any job on it can leave. Build with BuildKit rootless instead.',
        'https://docs.gitlab.com/ci/docker/using_docker_build/',
      );
    }
    for (const [name, given] of Object.entries(mapping(held.variables))) {
      const value = mapping(given).value ?? given;
      const sure = typeof value === 'string' ? judgeSecret(name, value) : null;
      if (sure === null) continue;
      report.add(
        'gitlab-ci/plain-secret',
        sure === 'certain' ? 'error' : 'info',
        lineOf([...path, 'variables', name]),
        `${name.slice(0, 60)} holds what looks like a secret, for all who can read the repository. Make it a masked variable of the project.`,
        'https://docs.gitlab.com/ci/variables/#cicd-variable-security',
      );
    }
  }
}

function judgeImage(
  image: unknown,
  path: YamlPath,
  lineOf: Pipeline['lineOf'],
  report: Report,
): void {
  const name = imageName(image);
  if (name === null || name === '' || name.includes('$') || name.includes('@')) return;
  const tag = /:([^/:]+)$/.exec(name)?.[1];
  if (tag !== undefined && tag !== 'latest') return;
  report.add(
    'gitlab-ci/unpinned-image',
    'warning',
    lineOf(path),
    `${name.slice(0, 100)} names no version, so it changes below the pipeline. Give it an exact tag.`,
    'https://docs.gitlab.com/ci/yaml/#image',
  );
}

function imageName(image: unknown): string | null {
  const name = typeof image === 'string' ? image : mapping(image).name;
  return typeof name === 'string' ? name : null;
}
