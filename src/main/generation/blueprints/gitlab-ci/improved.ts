import { posix } from 'node:path';
import type { ScanResult } from '#shared/scan.ts';
import { improvePipeline, type PipelineFacts } from '../../improve/gitlab-ci/improve-pipeline.ts';
import type { TestBlock } from '../../improve/gitlab-ci/test-block.ts';
import { readYamlFile } from '../../improve/yaml/yaml-file.ts';
import { detectFormat } from '../../validation/detect-format.ts';
import { mapping } from '../../validation/plain.ts';
import { isImproved, type Surroundings, type WrittenFile } from '../blueprint.ts';
import { textOf } from '../ci/ci-lines.ts';
import { testJobs } from '../ci/test-jobs.ts';
import { isDeployable } from '../deployable.ts';
import { leftNotes, textsOf } from '../left-notes.ts';
import { testJob } from './test-jobs.ts';

/** Files that a pipeline takes in from its own project, where their names say what they are. */
export function localIncludes(content: string): readonly string[] {
  if (!/^['"]?include['"]?[ \t]*:/m.test(content)) return [];
  const { include } = mapping(readYamlFile(content)?.documents.at(-1)?.value);
  const entries = Array.isArray(include) ? include : [include];
  return entries.flatMap((one) => {
    const local = typeof one === 'string' && !/^https?:/.test(one) ? one : mapping(one).local;
    if (typeof local !== 'string' || /[$*\0]/.test(local)) return [];
    const path = posix.normalize(local.replace(/^\/+/, ''));
    return path.startsWith('..') || detectFormat(path, '') !== 'gitlab-ci' ? [] : [path];
  });
}

/** The author's pipeline and what it takes in from its own project, with small changes. */
export function improvedPipeline(
  project: ScanResult,
  usual: string,
  surroundings: Surroundings,
): readonly WrittenFile[] {
  const services = project.services.filter(isDeployable);
  const facts: Omit<PipelineFacts, 'isPart'> = {
    runtimes: services.map(({ language, runtimeVersion: version }) => ({ language, version })),
    tests: testBlocks(project),
  };
  const paths = [usual, ...[...surroundings.texts.keys()].filter((path) => path !== usual).sort()];
  return paths
    .filter((path) => isImproved(surroundings, path))
    .map((path): WrittenFile => {
      const author = surroundings.texts.get(path)?.content ?? '';
      const { content, done, left } = improvePipeline(author, { ...facts, isPart: path !== usual });
      const said = { notes: leftNotes(left), mended: textsOf(done) };
      return { kind: 'gitlab-ci', path, content, ...said };
    });
}

/** Our jobs for services that have tests of their own. */
function testBlocks(project: ScanResult): readonly TestBlock[] {
  return testJobs(project)
    .filter(({ service }) => service.test !== undefined)
    .map((one) => ({
      name: one.service.name,
      job: `test-${one.label}`,
      command: one.service.test ?? '',
      text: textOf(testJob(one)),
    }));
}
