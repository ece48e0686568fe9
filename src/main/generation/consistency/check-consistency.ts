import { detectFormat } from '../validation/detect-format.ts';
import type { ComparedFile } from './claim.ts';
import { type Comparison, compareClaims } from './compare-claims.ts';
import { builtBy, composeClaims } from './compose-claims.ts';
import { dockerfileClaims } from './dockerfile-claims.ts';
import { kubernetesClaims, resourcesOf } from './kubernetes-claims.ts';
import { kubernetesLinks } from './kubernetes-links.ts';

/** More would hold the thread for long; a project of 200 services has fewer. */
const maxCharacters = 4_000_000;

/**
 * Whether the files of one project agree with each other: ports, images, variables, and what selects
 * what. It reads the files themselves, whoever wrote them, holds the thread for about 5 ms a file,
 * and needs nothing else, so that a pool's thread can run it. Very large sets are not compared.
 */
export function checkConsistency(files: readonly ComparedFile[]): Comparison {
  const length = files.reduce((sum, { content }) => sum + content.length, 0);
  if (length > maxCharacters) return { compared: 0, findings: [] };
  const byFormat = Map.groupBy(files, ({ path, content }) => detectFormat(path, content));
  const of = (format: Parameters<typeof byFormat.get>[0]) => byFormat.get(format) ?? [];
  if (!byFormat.has('kubernetes') && byFormat.size < 2) return { compared: 0, findings: [] };
  const built = builtBy(of('compose'));
  const dockerfiles = of('dockerfile').map((file) => ({
    ...file,
    service: built.get(file.path) ?? file.service,
  }));
  const resources = of('kubernetes').flatMap(resourcesOf);
  const claims = [
    ...dockerfiles.flatMap(dockerfileClaims),
    ...of('compose').flatMap(composeClaims),
    ...kubernetesClaims(resources),
  ];
  const [said, linked] = [compareClaims(claims), kubernetesLinks(resources)];
  return {
    compared: said.compared + linked.compared,
    findings: [...said.findings, ...linked.findings],
  };
}
