import type { TextFile } from '../validator.ts';

/** The files of one chart, paths relative to its folder; `''` is a project that is a chart itself. */
export type Chart = {
  /** The chart's folder in the project, with its slash; empty for the project's root. */
  readonly folder: string;
  readonly metadata: TextFile | null;
  readonly values: TextFile | null;
  readonly schema: TextFile | null;
  /** What stands in `templates/`, sorted by path. */
  readonly templates: readonly TextFile[];
  /** What `.Files` reads. */
  readonly files: readonly TextFile[];
  /** Whether it lies in `charts/` of another, whose values and templates it may need. */
  readonly isVendored: boolean;
  /** Vendored charts that this one depends on, by the name of their folder. */
  readonly subcharts: readonly (readonly [name: string, chart: Chart])[];
};

const chartFile = /(?:^|\/)Chart\.yaml$/;
/** Charts within charts. */
const maxDepth = 5;

/** The folder (with its slash) of the chart that a path belongs to, or null where none of the files is its Chart.yaml. */
export function chartFolder(path: string, known: readonly string[]): string | null {
  const folders = known
    .filter((one) => chartFile.test(one))
    .map((one) => one.slice(0, -'Chart.yaml'.length))
    .filter((folder) => path.startsWith(folder));
  return folders.sort((a, b) => b.length - a.length)[0] ?? null;
}

function isVendored(folder: string, files: readonly TextFile[]): boolean {
  const parent = /^(.*\/|)charts\/[^/]+\/$/.exec(folder)?.[1];
  return parent !== undefined && files.some(({ path }) => path === `${parent}Chart.yaml`);
}

/** Sorts the files of a chart by what Helm takes them for; those outside `folder` are left out. */
export function readChart(folder: string, files: readonly TextFile[], depth = 0): Chart {
  const own = files
    .filter(({ path }) => path.startsWith(folder))
    .map((file) => ({ ...file, path: file.path.slice(folder.length) }))
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const find = (path: string): TextFile | null => own.find((file) => file.path === path) ?? null;
  const names = new Set(own.flatMap(({ path }) => /^charts\/([^/]+)\//.exec(path)?.[1] ?? []));
  return {
    folder,
    metadata: find('Chart.yaml'),
    values: find('values.yaml'),
    schema: find('values.schema.json'),
    templates: own.filter(({ path }) => path.startsWith('templates/')),
    files: own.filter(
      ({ path }) =>
        !/^(?:templates|charts)\/|^(?:Chart\.(?:yaml|lock)|values\.(?:yaml|schema\.json))$/.test(
          path,
        ),
    ),
    isVendored: isVendored(folder, files),
    subcharts:
      depth >= maxDepth
        ? []
        : [...names].map((name) => [name, readChart(`charts/${name}/`, own, depth + 1)] as const),
  };
}
