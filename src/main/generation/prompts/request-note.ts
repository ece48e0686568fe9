import { z } from 'zod';
import type { RequestNote } from '#main/cache/response-cache.ts';
import type { ScanResult, Service } from '#shared/scan.ts';
import { isDeployable } from '../blueprints/deployable.ts';
import type { PromptJob } from './prompt-job.ts';

/** Rises when answers are written, or facts are named, so that older ones can no longer be read. */
const version = 1;

const factSchema = z.object({ fact: z.string().max(120), value: z.string().max(400) });
/** A fact of a request, by a name that a person reads. */
export type NotedFact = z.infer<typeof factSchema>;

const detailsSchema = z.object({
  tag: z.string().regex(/^[0-9a-f]{12}$/),
  allowed: z.array(z.string().min(1).max(1024)).min(1).max(400),
  facts: z.array(factSchema).max(400),
});
/** What is needed to read a kept answer and to compare its request with another. */
export type NoteDetails = z.infer<typeof detailsSchema>;

/** Values of facts are words, numbers and names; what looks otherwise could be anything of a project. */
const plainWord = /^[\w@][\w.@/+-]{0,60}$/;
const plainPath = /^\/[\w./-]{0,60}$/;
const maxServices = 100;

/** Which services a prompt for some jobs is about: those that are named, or all that run. */
export function servicesOf(project: ScanResult, jobs: readonly PromptJob[]): readonly Service[] {
  const named = new Set(jobs.flatMap(({ artifact }) => artifact.service ?? []));
  const all = jobs.some(({ artifact }) => artifact.service === null);
  return project.services.filter((service) => named.has(service) || (all && isDeployable(service)));
}

/**
 * What a request is about, in plain words, to find one that is near: kinds of artifacts and the facts
 * of their services. Nothing of a source, a command or an environment goes in, and no value that does
 * not look like the name or number that it should be.
 */
export function requestNote(
  project: ScanResult,
  jobs: readonly PromptJob[],
  answer: { readonly tag: string; readonly allowed: readonly string[] },
): RequestNote {
  const kinds = jobs.map(({ artifact }) => artifact.kind).toSorted();
  const services = servicesOf(project, jobs).slice(0, maxServices);
  const all = services.map(serviceFacts);
  const [only] = all;
  const facts = only && all.length === 1 ? only : services.map(asOne);
  return {
    topic: `files ${version}: ${kinds.join(' ')}`,
    text: [`${kinds.join(' and ')} for`, ...all.map(sentence)].join(' '),
    details: JSON.stringify({ ...answer, facts } satisfies NoteDetails | object),
  };
}

/** What {@link requestNote} wrote; null for what it cannot have written. */
export function readNoteDetails(details: string): NoteDetails | null {
  try {
    return detailsSchema.safeParse(JSON.parse(details)).data ?? null;
  } catch {
    return null;
  }
}

function serviceFacts(service: Service): readonly NotedFact[] {
  const { kind, language, framework, runtimeVersion, packageManager } = service;
  const word = (fact: string, value: string | null | undefined): readonly NotedFact[] =>
    value && plainWord.test(value) ? [{ fact, value }] : [];
  const list = (fact: string, values: readonly (string | number)[] | undefined) => {
    const plain = (values ?? []).map(String).filter((value) => plainWord.test(value));
    return plain.length > 0 ? [{ fact, value: plain.slice(0, 6).join(', ') }] : [];
  };
  const { healthPath } = service;
  return [
    ...word('kind', kind),
    ...word('language', language),
    ...word('framework', framework),
    ...word('version', runtimeVersion),
    ...word('package manager', packageManager),
    ...list('port', service.ports),
    ...list('backing services', service.backingServices.toSorted()),
    ...list('system packages', service.systemPackages.toSorted()),
    ...(healthPath && plainPath.test(healthPath)
      ? [{ fact: 'health path', value: healthPath }]
      : []),
    ...(service.assets?.length ? [{ fact: 'front end', value: 'built with it' }] : []),
    ...(service.release ? [{ fact: 'before a release', value: 'a command' }] : []),
    ...(service.dataFolders?.length ? [{ fact: 'data folders', value: 'kept' }] : []),
  ];
}

/** A service of several as one fact, under its name. */
function asOne(service: Service, at: number): NotedFact {
  const value = serviceFacts(service)
    .map((one) => (one.fact === 'port' ? `port ${one.value}` : one.value))
    .join(', ')
    .slice(0, 400);
  return { fact: plainWord.test(service.name) ? service.name : `service ${at + 1}`, value };
}

function sentence(facts: readonly NotedFact[]): string {
  const get = (name: string): string | undefined => facts.find(({ fact }) => fact === name)?.value;
  const [kind, framework] = [get('kind') ?? 'service', get('framework')];
  const parts = [
    `a ${kind} service in ${[get('language') ?? 'an unknown language', get('version')].filter(Boolean).join(' ')}`,
    ...(framework ? [`with ${framework}`] : []),
    ...(get('package manager') ? [`built by ${get('package manager')}`] : []),
    ...(get('port') ? [`on port ${get('port')}`] : []),
    ...(get('backing services') ? [`using ${get('backing services')}`] : []),
    ...(get('system packages') ? [`needing ${get('system packages')}`] : []),
    ...(get('front end') ? ['with a front end'] : []),
  ];
  return `${parts.join(', ')}.`;
}
