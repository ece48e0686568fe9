import { isMap, isScalar, parseDocument } from 'yaml';
import type { Artifact } from '#shared/artifact.ts';
import type { ScanResult } from '#shared/scan.ts';
import type { Surroundings } from '../blueprint.ts';
import { beside } from './chart-values.ts';
import { plain } from './plain-manifest.ts';
import type { ServiceValues } from './service-values.ts';
import { serviceEntries } from './values-file.ts';

type Texts = Surroundings['texts'];

/** A chart of the author's that runs services of the project. */
export type AuthorChart = { readonly folder: string; readonly services: readonly string[] };

/**
 * Charts that the author wrote for this project's services: those that name one of them. A chart of
 * something else (a database, an example) is none of them, and neither is one within `charts/` of another.
 */
export function authorsCharts(
  project: ScanResult,
  texts: Texts,
  ownFolder: string,
  services: readonly ServiceValues[],
): readonly AuthorChart[] {
  const folders = project.existing
    .filter(({ kind, path }) => kind === 'helm' && path.endsWith('Chart.yaml'))
    .map(({ path }) => path.slice(0, -'Chart.yaml'.length))
    .filter((folder) => folder !== ownFolder);
  const outer = folders.filter(
    (folder) => !folders.some((other) => folder.startsWith(`${other}charts/`)),
  );
  return outer.flatMap((folder) => {
    const [chart, values] = ['Chart.yaml', 'values.yaml'].map((file) => texts.get(folder + file));
    const said = wordsOf(`${chart?.content ?? ''}\n${values?.content ?? ''}`);
    const named = services
      .map(({ workload }) => workload.name)
      .filter((name) => said.has(name.toLowerCase()));
    return named.length > 0 ? [{ folder, services: named }] : [];
  });
}

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.toLowerCase().match(/[\w-]+/g) ?? []);
}

/** The author's Chart.yaml and values.yaml as they are: what to improve shows when they are rendered. */
export function chartFiles({ folder }: AuthorChart, texts: Texts): readonly Artifact[] {
  return ['Chart.yaml', 'values.yaml'].flatMap((file): readonly Artifact[] => {
    const there = texts.get(folder + file);
    return there ? [{ kind: 'helm', path: folder + file, content: there.content }] : [];
  });
}

/** A values.yaml of ours that the user changed: services that it does not have yet are added at its end. */
export function mergedValues(text: string, services: readonly ServiceValues[]): string {
  const document = parseDocument(text, { logLevel: 'silent' });
  if (document.errors.length > 0 || !isMap(document.contents)) return text;
  const last = document.contents.items.at(-1);
  if (!last || !isScalar(last.key) || last.key.value !== 'services' || !isMap(last.value))
    return text;
  const there = new Set(
    last.value.items.map(({ key }) => (isScalar(key) ? String(key.value) : '')),
  );
  const missing = services.filter(({ workload }) => !there.has(workload.name));
  if (missing.length === 0 || last.value.flow) return text;
  const defaults = plain(plain(document.toJS({ maxAliasCount: 100 })).defaults);
  const entries = missing.map((one) => [one.workload.name, beside(one, defaults)] as const);
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const added = serviceEntries(Object.fromEntries(entries)).trimEnd().split('\n').join(end);
  return `${text.trimEnd()}${end}${added}${end}`;
}
