import type { BackingService } from '#shared/scan.ts';
import type { Argument, Expression, Step } from '../../csharp/statements.ts';

/** What a variable of an AppHost stands for. */
export type Resource =
  | { readonly kind: 'builder' }
  | { readonly kind: 'service'; readonly service: ServiceResource }
  | { readonly kind: 'endpoint'; readonly service: ServiceResource }
  | { readonly kind: 'system'; readonly system: BackingService; readonly name: string }
  | {
      readonly kind: 'database';
      readonly system: BackingService;
      readonly name: string;
      readonly database: string;
    }
  /** A connection string to something that is no backing service here. */
  | { readonly kind: 'connection'; readonly name: string }
  | { readonly kind: 'parameter' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'other' };

/** A project or program that the AppHost runs, with what it is given. */
export type ServiceResource = {
  readonly name: string;
  /** The generated name of a project (`Basket_API`), or a path that the AppHost gives. */
  readonly project: string | null;
  readonly path: string | null;
  readonly line: number;
  readonly given: Given[];
  /** Services that have to run before it. */
  readonly after: { readonly service: ServiceResource; readonly line: number }[];
  isExternal: boolean;
};

/** What a service is given: a reference, or a variable. */
export type Given = {
  /** The variable's name, or null where the kind of resource says it. */
  readonly variable: string | null;
  /** Another name for the connection than the resource's own. */
  readonly as: string | null;
  readonly value: Resource;
  readonly line: number;
};

const other: Resource = { kind: 'other' };

/** Methods that add a system, by the rest of their name behind `Add` or `AddAzure`. */
const systems: Readonly<Record<string, BackingService>> = {
  Postgres: 'postgres',
  PostgresFlexibleServer: 'postgres',
  Redis: 'redis',
  ManagedRedis: 'redis',
  Valkey: 'redis',
  Garnet: 'redis',
  RabbitMQ: 'rabbitmq',
  SqlServer: 'sqlserver',
  MySql: 'mysql',
  MongoDB: 'mongodb',
  Kafka: 'kafka',
  Nats: 'nats',
  Elasticsearch: 'elasticsearch',
};

/** Programs of other stacks; their second argument is their folder. */
const apps =
  /^Add(?:Node|Npm|JavaScript|Vite|Python|Uvicorn|Bun|Deno|Golang|Spring)\w*App$|^AddPythonModule$/;

/** What a chain of calls makes, given what the variables hold. References on the way are noted in the services. */
export function evaluate(
  value: Expression,
  known: ReadonlyMap<string, Resource>,
  depth = 0,
): Resource {
  if (value.kind === 'text') return { kind: 'text', text: value.text };
  if (value.kind === 'other' || depth > 20) return other;
  const [first, ...rest] = value.steps;
  if (!first) return other;
  const isBuilder = first.name === 'DistributedApplication' && rest[0]?.name === 'CreateBuilder';
  if (isBuilder) return { kind: 'builder' };
  let current = first.args === null ? (known.get(first.name) ?? other) : other;
  const inner = (argument: Argument | undefined): Resource =>
    argument === undefined ? other : evaluate(argument.value, known, depth + 1);
  for (const step of rest) current = apply(current, step, inner);
  return current;
}

type Inner = (argument: Argument | undefined) => Resource;

function apply(on: Resource, step: Step, inner: Inner): Resource {
  if (step.args === null) return other;
  switch (on.kind) {
    case 'builder':
      return added(step, inner);
    case 'service':
      return told(on, step, inner);
    case 'system': {
      if (!/^Add\w*Database$/.test(step.name)) return on;
      const [name, database] = texts(step.args);
      if (name === undefined) return other;
      return { kind: 'database', system: on.system, name, database: database ?? name };
    }
    case 'connection':
      return step.name.startsWith('Add') ? connected(step) : on;
    case 'other':
      return other;
    default:
      return on;
  }
}

/** What is added to something of a cloud's has a connection of its own: queues of a storage account. */
function connected({ args }: Step): Resource {
  const [name] = texts(args ?? []);
  return name === undefined ? other : { kind: 'connection', name };
}

function added(step: Step, inner: Inner): Resource {
  const args = step.args ?? [];
  const first = inner(args[0]);
  const name = first.kind === 'text' ? first.text : undefined;
  if (name === undefined || !/^[A-Za-z][\w-]{0,62}$/.test(name)) return other;
  if (step.name === 'AddProject' || apps.test(step.name)) {
    const project = /^(?:global::)?Projects\.(\w+)$/.exec(step.type ?? '')?.[1] ?? null;
    const path = texts(args)[1] ?? null;
    const { line } = step;
    return {
      kind: 'service',
      service: { name, project, path, line, given: [], after: [], isExternal: false },
    };
  }
  const system = systems[step.name.replace(/^Add(?:Azure)?/, '')];
  if (system !== undefined) return { kind: 'system', system, name };
  if (step.name === 'AddParameter') return { kind: 'parameter' };
  return step.name === 'AddConnectionString' ||
    /^Add(?:Azure|OpenAI|GitHubModel|Qdrant|Milvus|Oracle)/.test(step.name)
    ? { kind: 'connection', name }
    : other;
}

function told(on: Extract<Resource, { kind: 'service' }>, step: Step, inner: Inner): Resource {
  const args = step.args ?? [];
  const { line } = step;
  if (step.name === 'GetEndpoint') return { kind: 'endpoint', service: on.service };
  if (step.name === 'WithExternalHttpEndpoints') on.service.isExternal = true;
  if (step.name === 'WithReference') {
    const named = args.find(
      ({ label }, at) => label === 'connectionName' || (label === null && at === 1),
    );
    const as = named?.value.kind === 'text' ? named.value.text : null;
    on.service.given.push({ variable: null, as, value: inner(args[0]), line });
  }
  if (step.name === 'WaitFor' || step.name === 'WaitForCompletion') {
    const first = inner(args[0]);
    if (first.kind === 'service') on.service.after.push({ service: first.service, line });
  }
  if (step.name === 'WithEnvironment') {
    const name = inner(args[0]);
    if (name.kind === 'text' && args.length === 2) {
      on.service.given.push({ variable: name.text, as: null, value: inner(args[1]), line });
    }
  }
  return on;
}

function texts(args: readonly Argument[]): readonly string[] {
  return args.flatMap(({ value }) => (value.kind === 'text' ? [value.text] : []));
}
