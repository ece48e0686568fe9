import { posix } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Finding } from '#shared/artifact.ts';
import { ruleUrl } from '#shared/rules.ts';
import { judgeDocuments } from '../kubernetes/validate-kubernetes.ts';
import { mapping } from '../plain.ts';
import { Report } from '../report.ts';
import type { TextFile, Validator } from '../validator.ts';
import { parseYaml, type YamlDocument } from '../yaml/parse-yaml.ts';
import { buildKustomization } from './build/build-kustomization.ts';
import { type Built, idOf, nameIt } from './build/built.ts';
import { ProjectFiles } from './build/project-files.ts';
import { judgeFields, kustomizationUrl } from './judge-fields.ts';

/** Rules about the files that a kustomization names, and about what it makes by itself. */
const ofFiles: ReadonlySet<string> = new Set([
  'generator',
  'duplicate-resource',
  'missing-file',
  'outside-root',
  'duplicate-entry',
  'cycle',
  'component',
  'resource',
  'not-checked',
]);

/** Objects of a build that are judged at most; a judgement takes up to a millisecond. */
const maxJudged = 500;

/**
 * Judges a kustomization: its fields, then what it builds from the files that are known, by the rules
 * for Kubernetes. What its resources are blamed for by themselves is left to them.
 */
export const validateKustomization: Validator = async (file) => {
  const { path, content, siblings } = file;
  const { documents, report } = parseYaml(content, 'kustomize', 'kubernetes');
  const [document, another] = documents;
  if (!document) {
    if (report.findings.length === 0) {
      report.add(
        'kustomize/empty',
        'error',
        1,
        'This kustomization is empty, which kustomize refuses. Add resources.',
        kustomizationUrl,
      );
    }
    return report.findings;
  }
  if (another) {
    report.add(
      'kustomize/several-documents',
      'error',
      another.line,
      'A kustomization is one document. Remove what follows ---.',
      kustomizationUrl,
    );
  }
  judgeFields(document, report);
  const others = siblings.filter((one) => posix.normalize(one.path) !== posix.normalize(path));
  await judgeBuild(posix.normalize(path), [...others, file], document, report);
  return report.findings;
};

async function judgeBuild(
  path: string,
  files: readonly TextFile[],
  document: YamlDocument,
  report: Report,
): Promise<void> {
  const known = new ProjectFiles(files);
  const { objects, problems } = buildKustomization(path, known);
  // A component changes what others bring, so that by itself only its files can be judged.
  const isComponent = mapping(document.value).kind === 'Component';
  for (const { path: where, at, rule, severity, message } of problems) {
    if (where !== path || (isComponent && !ofFiles.has(rule))) continue;
    const url = rule === 'not-checked' ? ruleUrl('kustomize/not-checked') : kustomizationUrl;
    report.add(`kustomize/${rule}`, severity, document.lineOf(at), message, url);
  }
  // A broken file gives broken objects: what is said of them would only repeat it.
  if (isComponent || report.findings.some(({ severity }) => severity === 'error')) return;
  await judgeObjects(objects, { path, files: known, document, report });
}

type Context = {
  readonly path: string;
  readonly files: ProjectFiles;
  readonly document: YamlDocument;
  readonly report: Report;
};

async function judgeObjects(all: readonly Built[], context: Context): Promise<void> {
  const { path, files, document, report } = context;
  const touched = touchedOf(all);
  const objects = touched.slice(0, maxJudged);
  const known = new Set<string>();
  for (const used of new Set(objects.map((built) => built.path))) {
    if (used === path) continue;
    const own = new Report();
    await judgeDocuments(files.yaml(used).documents, own);
    for (const found of own.findings) known.add(keyOf(used, found));
  }
  const built = new Report();
  // The line of each finding is the object that it is about.
  const documents = objects.map(({ object }, index) => ({
    value: object,
    line: index + 1,
    lineOf: () => index + 1,
  }));
  await judgeDocuments(documents, built);
  for (const found of built.findings) {
    const about = objects[found.line - 1];
    // What is only worth knowing of an object is told at its file.
    if (!about || found.severity === 'info' || known.has(keyOf(about.path, found))) continue;
    const message = `${nameIt(idOf(about))} as it is built: ${found.message}`;
    const line = about.path === path ? about.line : placeOf(document);
    report.add('kustomize/built', found.severity, line, message, found.url);
  }
  if (touched.length > maxJudged) {
    const message = `Of ${touched.length} objects the first ${maxJudged} were judged as they are built.`;
    report.add('kustomize/not-checked', 'info', 1, message, ruleUrl('kustomize/not-checked'));
  }
}

/**
 * The objects that are not as in their files, apart from their metadata; with a changed pod all
 * Services, which may no longer find it. The others are judged where they stand.
 */
function touchedOf(all: readonly Built[]): readonly Built[] {
  const touched = all.filter(({ object, original }) => {
    const { metadata, ...body } = object;
    const { metadata: _, ...before } = original ?? {};
    return original === null || !isDeepStrictEqual(body, before);
  });
  const isOfPods = touched.some(({ object }) => mapping(object.spec).template !== undefined);
  if (!isOfPods) return touched;
  const set = new Set(touched);
  return all.filter((built) => set.has(built) || built.object.kind === 'Service');
}

/** Names change in a build, so that what is quoted does not count. */
function keyOf(path: string, { rule, message }: Finding): string {
  return `${path}\n${rule}\n${message.replace(/"[^"]*"/g, '""')}`;
}

/** Where the fault was probably made: the patches, else the resources. */
function placeOf({ value, lineOf }: YamlDocument): number {
  return lineOf([mapping(value).patches === undefined ? 'resources' : 'patches']);
}
