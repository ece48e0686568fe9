import type { ScanResult, Service } from '#shared/scan.ts';
import type { Target } from '#shared/target.ts';
import { improveCollector, takesOtlp } from '../../improve/collector/improve-collector.ts';
import { authorsOfKind, pathsOfKind } from '../authors-texts.ts';
import type { Surroundings, WrittenFile } from '../blueprint.ts';
import { manifestsRead } from '../kubernetes/deployed.ts';
import { leftNotes, textsOf } from '../left-notes.ts';
import { projectLabel } from '../names.ts';
import { collectorArtifacts } from './collector.ts';
import { collectorName, otlpHttpPort } from './names.ts';
import { collectorPaths } from './paths.ts';

/** The author's configurations, what says how the services run, and our places. */
export function collectorReads(
  project: ScanResult,
  _service: Service | null,
  target: Target,
): readonly string[] {
  const own = collectorPaths(project, target.collector);
  return [...pathsOfKind(project, 'collector', own, target), ...manifestsRead(project, target)];
}

/** The author's collectors with small changes; ours beside them only where none of them takes OTLP. */
export function collectorFiles(
  project: ScanResult,
  service: Service | null,
  surroundings: Surroundings,
): readonly WrittenFile[] {
  const own = collectorPaths(project, surroundings.target.collector);
  const authors = authorsOfKind(project, 'collector', own, surroundings);
  const main = authors.find(({ content }) => takesOtlp(content));
  const name = collectorName(projectLabel(project));
  const beside = {
    line: 1,
    text: `This collector of yours takes what services send, so ours is not written beside it. Manifests of ours send to http://${name}:${otlpHttpPort.port}: name its Service so, or set OTEL_EXPORTER_OTLP_ENDPOINT.`,
  };
  const improved = authors.map((author): WrittenFile => {
    const { content, left, done } = improveCollector(author.content);
    const said = author === main ? [beside, ...left] : left;
    return {
      kind: 'collector',
      path: author.path,
      content,
      notes: leftNotes(said),
      mended: textsOf(done),
    };
  });
  return main ? improved : [...collectorArtifacts(project, service, surroundings), ...improved];
}
