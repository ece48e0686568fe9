import { arun } from '#main/core/maybe-async/arun.ts';
import { blocking } from '#main/core/maybe-async/blocking.ts';
import { workedElsewhere } from '#main/providers/gate/job-meter.ts';
import { OmegaError } from '#shared/error.ts';
import type { ScanResult } from '#shared/scan.ts';
import type { ImprovementNote } from '../../improve/improvement.ts';
import type { Surroundings, WrittenFile } from '../blueprint.ts';
import { leftNotes, textsOf } from '../left-notes.ts';
import type { ImprovedCharts } from './improve-charts.ts';

/** Notes of one chart; more are not read. */
const maxNotes = 20;

/** Longest that the charts of a project are rendered, in milliseconds. */
const timeoutMs = 30_000;

const improveInThread = blocking<typeof import('./improve-charts.ts'), 'improveCharts'>(
  new URL('./improve-charts.ts', import.meta.url),
  'improveCharts',
);

/**
 * The author's charts among what was written, improved: their templates are rendered in a thread,
 * since a chart can hold one for ever. Those that take too long stay as they are, and it is told.
 * Rejects with `CANCELLED`.
 */
export async function settleCharts(
  project: ScanResult,
  made: readonly WrittenFile[],
  surroundings: Surroundings,
  signal: AbortSignal,
): Promise<readonly WrittenFile[]> {
  const { texts, target } = surroundings;
  const paths = new Set(made.map(({ path }) => path));
  const folders = [...paths].flatMap((path) => {
    const folder = path.slice(0, -'Chart.yaml'.length);
    // A chart of ours that the user changed is written whole.
    const isTheirs = texts.get(path)?.isOurs === false && !paths.has(`${folder}templates/_pod.tpl`);
    return path.endsWith('Chart.yaml') && isTheirs ? [folder] : [];
  });
  if (folders.length === 0 || target.existing === 'replace') return made;
  try {
    const improved = arun(improveInThread, [project, folders, surroundings], {
      signal,
      timeoutMs,
    });
    return withImproved(made, await workedElsewhere(improved));
  } catch (error) {
    if (!(error instanceof OmegaError) || error.code !== 'TIMEOUT') throw error;
    const text = `Left as it is: the templates were not rendered within ${timeoutMs / 1_000} s, so nobody knows what a change of them would do.`;
    const notes = leftNotes([{ line: 1, text }]);
    return made.map((file) => (file.path.endsWith('Chart.yaml') ? { ...file, notes } : file));
  }
}

function withImproved(
  made: readonly WrittenFile[],
  { charts, missing }: ImprovedCharts,
): readonly WrittenFile[] {
  const after = new Map(
    charts.flatMap(([folder, { files, left: all }], index) => {
      const first = index === 0 ? missingNote(missing) : [];
      const said = all.slice(0, maxNotes).map((text) => ({ line: 1, text }));
      const head = made.find(({ path }) => path === `${folder}Chart.yaml`);
      return [
        ...(head ? [{ ...head, notes: leftNotes([...first, ...said]) }] : []),
        ...files.map(({ path, content, done, left }): WrittenFile => {
          const notes = leftNotes(left);
          return { kind: 'helm', path: folder + path, content, notes, mended: textsOf(done) };
        }),
      ].map((file) => [file.path, file] as const);
    }),
  );
  const paths = new Set(made.map(({ path }) => path));
  return [
    ...made.map((file) => after.get(file.path) ?? file),
    ...[...after.values()].filter(({ path }) => !paths.has(path)),
  ];
}

function missingNote(missing: readonly string[]): readonly ImprovementNote[] {
  if (missing.length === 0) return [];
  const names = missing.slice(0, 10).join(', ') + (missing.length > 10 ? ' and others' : '');
  const text = `No chart here runs ${names}: add templates for what is to run in the cluster, or a chart of its own.`;
  return [{ line: 1, text }];
}
