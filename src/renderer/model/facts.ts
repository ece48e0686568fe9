import type { Evidence, Service } from '#shared/scan.ts';

/** Facts that the card of a service has a line of its own for. */
export const shownFacts = [
  'language',
  'runtimeVersion',
  'framework',
  'packageManager',
  'kind',
  'install',
  'build',
  'start',
  'ports',
  'backingServices',
  'lockfile',
  'output',
  'healthPath',
  'systemPackages',
] as const satisfies readonly (keyof Service)[];

/** One of {@link shownFacts}. */
export type ShownFact = (typeof shownFacts)[number];

/** Where a fact was read, in the order the scan found it. */
export function evidenceOf(service: Service, fact: ShownFact): readonly Evidence[] {
  return service.evidence.filter((one) => one.fact === fact);
}

/** Evidence that no line of the card shows. */
export function otherEvidence(service: Service): readonly Evidence[] {
  const shown = new Set<string>(shownFacts);
  return service.evidence.filter((one) => !shown.has(one.fact));
}

/** Services whose name, path, language or framework holds `text`, in any case. */
export function filterServices(services: readonly Service[], text: string): readonly Service[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return services;
  return services.filter((service) =>
    [service.name, service.path, service.language, service.framework ?? '', service.kind].some(
      (value) => value.toLowerCase().includes(wanted),
    ),
  );
}

/** `main.py:12`, as editors and terminals write a place. */
export function place(at: { readonly file: string; readonly line: number }): string {
  return `${at.file}:${at.line}`;
}
