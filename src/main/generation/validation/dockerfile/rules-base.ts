import { isImageName } from '../image-name.ts';
import { quote, type Report } from '../report.ts';
import { closest } from '../suggest.ts';
import { findStage, fromReferences, type Stage, type StageTree } from './stages.ts';

const reference = 'https://docs.docker.com/reference/dockerfile/';
const pinUrl = 'https://docs.docker.com/build/building/best-practices/#pin-base-image-versions';

/** Official images that `COPY --from` takes from without a tag; other single words are stage names. */
const officialImages = new Set(
  'adminer alpine amazoncorretto busybox caddy clojure composer consul debian docker eclipse-temurin elixir erlang fedora golang gradle haproxy haskell httpd influxdb julia kong mariadb maven memcached mongo mysql nats nginx node openjdk perl php postgres python rabbitmq redis registry ruby rust rockylinux swift telegraf tomcat traefik ubuntu vault wordpress'.split(
    ' ',
  ),
);

/** Base images: pinned, and stages that are there. */
export function judgeBases(tree: StageTree, report: Report): void {
  const { stages } = tree;
  if (stages.length === 0) {
    report.add(
      'dockerfile/no-from',
      'error',
      1,
      'There is no FROM, so there is nothing to build on. Start with FROM and a base image.',
      `${reference}#from`,
    );
    return;
  }
  for (const stage of stages) {
    judgeBase(stage, report);
    for (const instruction of stage.instructions) {
      for (const from of fromReferences(instruction)) {
        judgeReference(stages, stage, from, instruction.line, report);
      }
    }
  }
}

function judgeBase(stage: Stage, report: Report): void {
  const { base, isOpen, line } = stage;
  if (base === '' || base === 'scratch' || stage.parent !== null || base.includes('$')) return;
  if (!isImageName(base) && isOpen) {
    report.add(
      'dockerfile/invalid-default-arg',
      'warning',
      line,
      `With the defaults of its ARGs the base image is ${quote(base)}, which is no image, so it builds only with --build-arg. Give a default that is one.`,
      'https://docs.docker.com/reference/build-checks/invalid-default-arg-in-from/',
    );
    return;
  }
  if (!isImageName(base)) {
    report.add(
      'dockerfile/invalid-image',
      'error',
      line,
      `${quote(base)} is no image. Write name:tag, in lower case.`,
      `${reference}#from`,
    );
    return;
  }
  if (base.includes('@')) return;
  const tag = /:([^:/]+)$/.exec(base)?.[1];
  if (tag === undefined) {
    report.add(
      'dockerfile/unpinned-base',
      'warning',
      line,
      `The base image ${quote(base)} has no tag, so each build may take another. Name a version.`,
      pinUrl,
    );
  } else if (tag === 'latest') {
    report.add(
      'dockerfile/unpinned-base',
      'warning',
      line,
      `The base image ${quote(base)} moves with every release. Name a version instead of latest.`,
      pinUrl,
    );
  }
}

function judgeReference(
  stages: readonly Stage[],
  stage: Stage,
  from: string,
  line: number,
  report: Report,
): void {
  if (from === '' || /[$/:@.]/.test(from) || findStage(stages, from, stage.index) !== null) return;
  const url = `${reference}#copy---from`;
  if (/^\d+$/.test(from)) {
    report.add(
      'dockerfile/unknown-stage',
      'error',
      line,
      `There is no stage ${from} before this one. Name the stage to copy from.`,
      url,
    );
    return;
  }
  const names = stages.flatMap(({ name }) => name ?? []);
  if (names.includes(from.toLowerCase())) {
    report.add(
      'dockerfile/unknown-stage',
      'error',
      line,
      `The stage ${quote(from)} is not finished here; copy only from stages above. Move it up.`,
      url,
    );
    return;
  }
  if (officialImages.has(from.toLowerCase())) {
    report.add(
      'dockerfile/unpinned-base',
      'warning',
      line,
      `Files come from the image ${quote(from)} without a tag. Name a version.`,
      pinUrl,
    );
    return;
  }
  const near = closest(from, names);
  const hint =
    near === null ? 'Name an earlier stage, or an image with its tag.' : `Did you mean "${near}"?`;
  report.add(
    'dockerfile/unknown-stage',
    'error',
    line,
    `No stage is called ${quote(from)}. ${hint}`,
    url,
  );
}
