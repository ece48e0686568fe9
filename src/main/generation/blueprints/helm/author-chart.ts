import { Document, isMap, isScalar, parseDocument } from 'yaml';
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

/** What `helm create` leaves empty in values.yaml, and what of ours fits there in any chart. */
const scaffolds = ['resources', 'securityContext'] as const;

/**
 * The author's Chart.yaml and values.yaml. Settings that the scaffold of `helm create` left empty are
 * filled in where the chart runs one service: its templates read them already. All else stays as it is.
 */
export function improvedValues(
  { folder, services }: AuthorChart,
  all: readonly ServiceValues[],
  texts: Texts,
): readonly Artifact[] {
  return ['Chart.yaml', 'values.yaml'].flatMap((file): readonly Artifact[] => {
    const there = texts.get(folder + file);
    if (!there) return [];
    const only =
      services.length === 1 ? all.find(({ workload }) => workload.name === services[0]) : undefined;
    const content = file === 'values.yaml' && only ? filledIn(there.content, only) : there.content;
    return [{ kind: 'helm', path: folder + file, content }];
  });
}

function filledIn(text: string, { settings }: ServiceValues): string {
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  return scaffolds.reduce((done, key) => {
    const empty = new RegExp(`^${key}:[ \\t]*\\{\\}[ \\t]*(#[^\\r\\n]*)?(?=\\r?$)`, 'm');
    const given = key === 'resources' ? settings.resources : safeContext;
    const lines = new Document(given).toString({ lineWidth: 0 }).trimEnd().split('\n');
    return done.replace(empty, (_, comment?: string) => {
      const head = `${key}:${comment === undefined ? '' : ` ${comment}`}`;
      return [head, ...lines.map((line) => `  ${line}`)].join(end);
    });
  }, text);
}

/** What no ordinary program misses; a read-only root needs to be tried first. */
const safeContext = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };

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
