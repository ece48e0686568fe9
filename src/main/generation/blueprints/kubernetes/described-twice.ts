import type { Finding } from '#shared/artifact.ts';
import type { ScanResult } from '#shared/scan.ts';
import type { Target } from '#shared/target.ts';
import { isDeployable } from '../deployable.ts';
import { leftNotes } from '../left-notes.ts';
import { manifestPath } from './manifest-path.ts';

/** Files that are named in one note. */
const maxNamed = 3;

/**
 * What is to be said of files of ours that describe services which an author's plain manifests run
 * already: who applies both has two owners of one Deployment, with selectors that cannot be changed.
 */
export function describedTwice(project: ScanResult, { existing }: Target): readonly Finding[] {
  if (existing === 'replace') return [];
  const files = project.services.filter(isDeployable).flatMap((service) => {
    const said = service.evidence.find(({ fact }) => fact === 'workload')?.file;
    const isOurs = said === manifestPath(project, service);
    return said === undefined || isOurs || ours.test(said) ? [] : [said];
  });
  const paths = [...new Set(files)].sort();
  if (paths.length === 0) return [];
  const more = paths.length > maxNamed ? ` and ${paths.length - maxNamed} more` : '';
  const named = paths.slice(0, maxNamed).join(', ') + more;
  const text = `Your manifests run services of this already: ${named}. These files are another way to run them, with labels of their own. Apply one of both: a Deployment that is there keeps its selector.`;
  return leftNotes([{ line: 1, text }]);
}

const ours = /(?:^|\/)(?:deploy\/kustomize|kustomize-omega)\//;
