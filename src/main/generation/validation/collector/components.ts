/** Kinds of components, as a configuration names them. */
export const sections = [
  'receivers',
  'processors',
  'exporters',
  'connectors',
  'extensions',
] as const;
/** One of {@link sections}. */
export type Section = (typeof sections)[number];

/** Types of components that the collector's distributions have, without underscores (resources/schemas/collector.json). */
export type ComponentTypes = { readonly collector: string } & Readonly<
  Record<Section, readonly string[]>
>;

let loaded: Promise<ComponentTypes> | null = null;

/** The types, loaded once, at the first use. */
export function componentTypes(): Promise<ComponentTypes> {
  loaded ??= import('../../../../../resources/schemas/collector.json', {
    with: { type: 'json' },
  }).then(({ default: types }) => types as ComponentTypes);
  return loaded;
}

/** The type of a component's id, `otlp` of `otlp/backend`, without underscores. */
export function typeOf(id: string): string {
  return (id.split('/', 1)[0] ?? '').replaceAll('_', '').toLowerCase();
}

/** Whether an id is one: a type and perhaps a name. */
export function isComponentId(id: string): boolean {
  return /^[a-zA-Z][0-9a-zA-Z_]{0,62}(?:\/[^\s/][^\s]{0,1023})?$/.test(id);
}

/** What took the place of components that are gone. */
export const replaced: Readonly<Record<string, string>> = {
  'exporters logging': 'debug',
  'exporters jaeger': 'otlp, which Jaeger reads itself',
  'exporters jaegerthrift': 'otlp, which Jaeger reads itself',
  'exporters loki': 'otlphttp, which Loki reads itself',
  'receivers opencensus': 'otlp',
  'extensions memoryballast': 'the variable GOMEMLIMIT',
  'processors spanmetrics': 'the connector spanmetrics',
};
