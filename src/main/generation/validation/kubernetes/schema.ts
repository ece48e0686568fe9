/** The type of a field: a simple name, `#Definition`, or a list, map or enumeration. */
export type FieldType =
  | string
  | { readonly array: FieldType }
  | { readonly map: FieldType }
  | { readonly enum: readonly string[] };

/** An object's fields; fields that are not listed are refused. */
export type Definition = {
  readonly required?: readonly string[];
  readonly fields: Readonly<Record<string, FieldType>>;
};

/** The built-in kinds of one Kubernetes release (resources/schemas/kubernetes.json). */
export type KubernetesSchema = {
  /** The release, such as "1.36". */
  readonly kubernetes: string;
  /** apiVersion → kind → definition. */
  readonly kinds: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly defs: Readonly<Record<string, Definition>>;
};

let loaded: Promise<KubernetesSchema> | null = null;

/** The schema, loaded once, at the first use. */
export function kubernetesSchema(): Promise<KubernetesSchema> {
  loaded ??= import('../../../../../resources/schemas/kubernetes.json', {
    with: { type: 'json' },
  }).then(({ default: schema }) => schema as unknown as KubernetesSchema);
  return loaded;
}
