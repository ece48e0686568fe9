import { artifactKinds, type Severity } from '#shared/artifact.ts';
import type { ProposalSummary, Run } from '#shared/run.ts';
import { artifactNames } from './artifact-names.ts';
import { baseName, plural } from './format.ts';
import type { Stream } from './stream-store.ts';

/** A line of the file list: a heading (project, service, what is being written) or a file. */
export type ReviewRow =
  | { readonly type: 'project'; readonly key: string; readonly root: string }
  | { readonly type: 'service'; readonly key: string; readonly name: string }
  | { readonly type: 'file'; readonly key: string; readonly proposal: ProposalSummary }
  | {
      readonly type: 'stream';
      readonly key: string;
      readonly stream: Stream;
      /** Its project's folder, where there are several. */
      readonly project: string | null;
    };

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Proposals in reading order: by project, whole-project files first, then by service, kind and path. */
export function sortProposals(proposals: readonly ProposalSummary[]): readonly ProposalSummary[] {
  return proposals.toSorted(
    (a, b) =>
      compare(a.root, b.root) ||
      compare(a.service ?? '', b.service ?? '') ||
      artifactKinds.indexOf(a.kind) - artifactKinds.indexOf(b.kind) ||
      Number(isHidden(a)) - Number(isHidden(b)) ||
      compare(a.path, b.path),
  );
}

/** Companions such as .dockerignore come after the file that they serve. */
const isHidden = (proposal: ProposalSummary) => baseName(proposal.path).startsWith('.');

/**
 * Rows of the file list for sorted proposals: under their services, those of the whole project under
 * their kinds. Projects are named only where there are several.
 */
export function reviewRows(sorted: readonly ProposalSummary[]): readonly ReviewRow[] {
  const several = sorted.some((proposal) => proposal.root !== sorted[0]?.root);
  const rows: ReviewRow[] = [];
  let last: ProposalSummary | undefined;
  for (const proposal of sorted) {
    const newRoot = proposal.root !== last?.root;
    if (several && newRoot) {
      rows.push({ type: 'project', key: `project:${proposal.root}`, root: proposal.root });
    }
    const { service, kind } = proposal;
    const isOther = service !== last?.service || (service === null && kind !== last?.kind);
    if (newRoot || isOther) {
      // Files of the whole project may be a hundred: what they are for tells them apart.
      const key = `service:${proposal.root}\n${service ?? ''}\n${service === null ? kind : ''}`;
      rows.push({ type: 'service', key, name: service ?? artifactNames[kind] });
    }
    rows.push({ type: 'file', key: proposal.id, proposal });
    last = proposal;
  }
  return rows;
}

/** Rows of the files that models write now, under a heading that counts them; none without any. */
export function streamRows(
  streams: readonly Stream[],
  run: Pick<Run, 'request' | 'jobs'> | undefined,
): readonly ReviewRow[] {
  if (streams.length === 0) return [];
  const name = `${plural(streams.length, 'file')} being written`;
  const several = run !== undefined && run.request.roots.length > 1;
  return [
    { type: 'service', key: 'streams', name },
    ...streams.map((stream): ReviewRow => {
      const root = several ? run?.jobs.find(({ id }) => id === stream.jobId)?.root : undefined;
      const project = root === undefined ? null : baseName(root);
      return { type: 'stream', key: stream.key, stream, project };
    }),
  ];
}

/** How many findings of each severity a proposal has. */
export function countFindings(proposal: ProposalSummary): Readonly<Record<Severity, number>> {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const finding of proposal.findings) counts[finding.severity] += 1;
  return counts;
}

/** Proposals that wait for a decision and have no error-level finding. */
export function acceptable(proposals: readonly ProposalSummary[]): readonly ProposalSummary[] {
  return proposals.filter((one) => one.state === 'open' && countFindings(one).error === 0);
}

/** The id `step` places after `id` in `sorted`, held at the ends; the first where `id` is absent. */
export function neighbour(
  sorted: readonly ProposalSummary[],
  id: string | null,
  step: number,
): string | null {
  const at = sorted.findIndex((proposal) => proposal.id === id);
  if (at === -1) return sorted[0]?.id ?? null;
  return sorted[Math.min(sorted.length - 1, Math.max(0, at + step))]?.id ?? null;
}

/** The next file after `id` that still waits for a decision; the very next where none does. */
export function nextOpen(sorted: readonly ProposalSummary[], id: string): string | null {
  const at = sorted.findIndex((proposal) => proposal.id === id);
  const ahead = [...sorted.slice(at + 1), ...sorted.slice(0, Math.max(0, at))];
  return ahead.find((proposal) => proposal.state === 'open')?.id ?? neighbour(sorted, id, 1);
}
