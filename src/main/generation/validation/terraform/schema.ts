/** An argument: its type with `!` where it is required and `~` where deprecated, or one of objects. */
export type ArgumentSchema =
  | string
  | {
      readonly type: string;
      /** Whether it may be written as blocks too. */
      readonly block?: true;
      readonly of: BlockSchema;
    };

/** What a block may hold (resources/schemas/README.md); `o` are the names that only the provider sets. */
export type BlockSchema = {
  readonly a?: Readonly<Record<string, ArgumentSchema>>;
  readonly b?: Readonly<Record<string, BlockSchema>>;
  readonly o?: string;
  /** Names that the documentation of a later version has beyond these, anywhere in the type. */
  readonly later?: string;
  readonly min?: number;
  readonly max?: number;
  readonly deprecated?: true;
};

type ProviderFile = {
  readonly provider: string;
  readonly version: string;
  /** The version up to which names are known, where it is a later one. */
  readonly until?: string;
  readonly resources: Readonly<Record<string, BlockSchema>>;
  readonly data: Readonly<Record<string, BlockSchema>>;
  readonly otherResources: string;
  readonly otherData: string;
};

/** The two kinds of types, as their blocks are called. */
export type TypeKind = 'resource' | 'data';

/** The types of one provider in one version. */
export class ProviderSchema {
  readonly #file: ProviderFile;
  readonly #prefix: string;
  #names: Readonly<Record<TypeKind, ReadonlySet<string>>> | null = null;

  constructor(name: string, file: ProviderFile) {
    this.#file = file;
    this.#prefix = `${name}_`;
  }

  /** The version that the fields were read of. */
  get version(): string {
    return this.#file.version;
  }

  /** The last version whose names are known. */
  get until(): string {
    return this.#file.until ?? this.#file.version;
  }

  /** The fields of a type; null where only its name is known, or not even that. */
  fields(kind: TypeKind, type: string): BlockSchema | null {
    const held = kind === 'data' ? this.#file.data : this.#file.resources;
    return Object.hasOwn(held, type) ? (held[type] ?? null) : null;
  }

  /** The names of all types of a kind. */
  names(kind: TypeKind): ReadonlySet<string> {
    const { resources, data, otherResources, otherData } = this.#file;
    this.#names ??= {
      resource: new Set([...Object.keys(resources), ...this.#split(otherResources)]),
      data: new Set([...Object.keys(data), ...this.#split(otherData)]),
    };
    return this.#names[kind];
  }

  /** Where the registry documents a type. */
  url(kind: TypeKind, type: string): string {
    const { provider, version } = this.#file;
    const page = type.startsWith(this.#prefix) ? type.slice(this.#prefix.length) : type;
    const folder = kind === 'data' ? 'data-sources' : 'resources';
    return `https://registry.terraform.io/providers/${provider}/${version}/docs/${folder}/${page}`;
  }

  #split(names: string): readonly string[] {
    return names === '' ? [] : names.split(' ').map((name) => `${this.#prefix}${name}`);
  }
}

type Load = () => Promise<{ readonly default: unknown }>;
const json = { with: { type: 'json' } } as const;

/** Addresses of the providers whose types are known, and how their tables are loaded. */
const files: Readonly<Record<string, readonly [name: string, load: Load]>> = {
  'hashicorp/aws': [
    'aws',
    () => import('../../../../../resources/schemas/terraform/aws.json', json),
  ],
  'hashicorp/google': [
    'google',
    () => import('../../../../../resources/schemas/terraform/google.json', json),
  ],
  'hashicorp/azurerm': [
    'azurerm',
    () => import('../../../../../resources/schemas/terraform/azurerm.json', json),
  ],
  'ibm-cloud/ibm': [
    'ibm',
    () => import('../../../../../resources/schemas/terraform/ibm.json', json),
  ],
  'oracle/oci': ['oci', () => import('../../../../../resources/schemas/terraform/oci.json', json)],
  'hashicorp/oci': [
    'oci',
    () => import('../../../../../resources/schemas/terraform/oci.json', json),
  ],
  'hashicorp/random': [
    'random',
    () => import('../../../../../resources/schemas/terraform/random.json', json),
  ],
  'hashicorp/tls': [
    'tls',
    () => import('../../../../../resources/schemas/terraform/tls.json', json),
  ],
  'hashicorp/kubernetes': [
    'kubernetes',
    () => import('../../../../../resources/schemas/terraform/kubernetes.json', json),
  ],
  'hashicorp/helm': [
    'helm',
    () => import('../../../../../resources/schemas/terraform/helm.json', json),
  ],
};

const loaded = new Map<string, Promise<ProviderSchema>>();

/**
 * The types of the provider at an address such as `hashicorp/aws` (in any case, with or without the
 * registry's host), loaded once, at the first use; null for one that is not known.
 */
export function providerSchema(address: string): Promise<ProviderSchema> | null {
  const key = address.toLowerCase().replace(/^registry\.(?:terraform\.io|opentofu\.org)\//, '');
  const entry = Object.hasOwn(files, key) ? files[key] : undefined;
  if (entry === undefined) return null;
  const [name, load] = entry;
  const known = loaded.get(key);
  if (known) return known;
  const schema = load().then(({ default: file }) => new ProviderSchema(name, file as ProviderFile));
  loaded.set(key, schema);
  return schema;
}
