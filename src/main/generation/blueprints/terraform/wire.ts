import type { BackingService, ScanResult, Service } from '#shared/scan.ts';
import type { Cloud } from '#shared/target.ts';
import { backingSpecs } from '../compose/backing.ts';
import type { Connection } from '../connections.ts';
import { isDeployable } from '../deployable.ts';
import { isEntrance } from '../entrances.ts';
import { environmentOf, placeholder } from '../kubernetes/context.ts';
import type { Call } from '../siblings.ts';
import { wiredValue } from '../wiring.ts';
import { type Hcl, ref, str, template } from './hcl/value.ts';
import { keyOf } from './keys.ts';

/** A system that a cloud runs: how services reach it. */
export interface ManagedSystem {
  /** `true` where only the cloud can tell it. */
  readonly port: number | true;
  /** Whether it is reached by TLS only, so that the schemes of addresses say so. */
  readonly tls: boolean;
  /** What whoever wires a service to it has to know, in a sentence. */
  readonly note?: string;
  /** Names that differ from those in Compose; `true` where only the cloud can tell it. */
  readonly user?: string | true;
  readonly database?: string;
  /** Whether clients give a password. */
  readonly password: boolean;
  /** Whether the cloud makes the password itself. */
  readonly ownPassword?: true;
  /** Whether `local.<system>` has a `certificate` too: of an authority that no client knows by itself. */
  readonly certificate?: true;
  /** What it runs on at first: a word of the cloud's for a machine or a plan; null where it has none. */
  readonly size: string | null;
  /** Its file in `modules/data`, which sets `local.<system>` to an object with host, user, password. */
  readonly file: Hcl;
  /** Databases beside the first, where the cloud makes them. */
  readonly databases?: (names: Hcl) => Hcl;
  /** The piece of its file that makes the first, which is left out where no service uses it. */
  readonly common?: Hcl;
}

/** A {@link ManagedSystem.note}: not every driver of MySQL asks for TLS where nobody tells it to. */
export const mysqlByTls =
  'MySQL takes connections by TLS alone: turn it on in the driver where that does not do so by itself.';

/** What the wiring must know of a cloud. */
export interface CloudFacts {
  readonly cloud: Cloud;
  /** Whether public services get hosts of the user's domain; elsewhere the cloud names them. */
  readonly hosts: boolean;
  /** Whether services can keep files in a volume. */
  readonly volumes: boolean;
  /** Whether the cloud adds containers by itself where there is much to do. */
  readonly scales: boolean;
  /** What of a process its containers can be told, beside what the image says. */
  readonly sets: 'user and group' | 'user' | 'nothing';
  readonly managed: Partial<Readonly<Record<BackingService, ManagedSystem>>>;
  /** The address that one service reaches another by, which the cloud knows by its key: parts of a string. */
  readonly address: (label: string, port: number, key: string) => readonly (string | Hcl)[];
  /** The host that the cloud gives a public service, where it gives one: parts of a string. */
  readonly publicHost?: (key: string) => readonly (string | Hcl)[];
}

/** The variables of a service, by where their values come from. */
export interface Environment {
  readonly env: Readonly<Record<string, Hcl>>;
  /** Secrets whose values follow from the systems. */
  readonly wiredSecrets: Readonly<Record<string, Hcl>>;
  /** Secrets that only the user knows, and that the source cannot do without. */
  readonly ownSecrets: readonly string[];
  readonly optionalSecrets: readonly string[];
  /** Variables that only the user knows and the source needs. */
  readonly asked: readonly string[];
}

// Expressions pass through the conventions as marks, so that the texts around them are escaped.
const mark = /\uE000([^\uE001]*)\uE001/;
const marked = (expression: string): string => `\uE000${expression}\uE001`;

/** Wires a service to the systems of a cloud and to the other services. */
export function wire(
  project: ScanResult,
  service: Service,
  port: number | null,
  facts: CloudFacts,
): Environment {
  const connections = (system: BackingService): Connection => connectionOf(system, facts);
  const outside = (label: string): string | null => {
    const given = facts.publicHost?.(keyOf(project, label));
    if (given)
      return `https://${given.map((one) => (typeof one === 'string' ? one : marked(one.source))).join('')}`;
    return facts.hosts ? `https://${hostOf(project, label)}` : null;
  };
  const { config, secrets } = environmentOf(project, service, port, {
    system: connections,
    inside: ({ form, path, port: answers }, label) =>
      `${marked(`call:${label}:${answers}:${form}`)}${path}`,
    outside,
  });
  const env: Record<string, Hcl> = {};
  const asked: string[] = [];
  for (const [name, text] of Object.entries(config)) {
    if (text !== placeholder) env[name] = expression(text, project, service, facts);
    else if (service.backingServices.includes('minio') && facts.managed.minio && isBucket(name)) {
      env[name] = ref('module.data.bucket');
    } else asked.push(name);
  }
  const wiredSecrets: Record<string, Hcl> = {};
  const own = secrets.filter(({ name }) => {
    const text = wiredValue(service, name, connections);
    // Of a system that the cloud does not run, only the user knows the password.
    if (text === null || text.includes(marked(`${placeholder}:`).slice(0, -1))) return true;
    wiredSecrets[name] = expression(text, project, service, facts);
    return false;
  });
  return {
    env,
    asked,
    wiredSecrets,
    ownSecrets: own.filter(({ required }) => required).map(({ name }) => name),
    optionalSecrets: own.filter(({ required }) => !required).map(({ name }) => name),
  };
}

/** The host of a public service, as its entry has it. */
function hostOf(project: ScanResult, label: string): string {
  const several =
    project.services.filter(
      (one) => isDeployable(one) && isListening(one) && isEntrance(project, one),
    ).length > 1;
  return `${several ? `${keyOf(project, label)}.` : ''}${marked('var.domain_name')}`;
}

const isListening = ({ kind }: Service): boolean => kind === 'web' || kind === 'static';

function isBucket(name: string): boolean {
  return /(?:^|_)BUCKET(?:_NAME)?$/.test(name);
}

function connectionOf(system: BackingService, { managed }: CloudFacts): Connection {
  const spec = backingSpecs[system];
  const found = managed[system];
  if (!found) {
    const { port, user, database } = spec;
    const password = marked(`${placeholder}:${system}`);
    return { host: marked(`var.external_hosts.${system}`), port, user, password, database };
  }
  return {
    host: marked(`module.data.hosts.${system}`),
    port: found.port === true ? marked(`module.data.ports.${system}`) : found.port,
    user: found.user === true ? marked(`module.data.users.${system}`) : (found.user ?? spec.user),
    // The mark holds the word by which the environment knows a secret.
    password: found.password ? marked(`password:${placeholder}:${system}`) : '',
    database: found.database ?? spec.database,
  };
}

function expression(text: string, project: ScanResult, service: Service, facts: CloudFacts): Hcl {
  const parts = secured(text, service, facts)
    .split(/(\uE000[^\uE001]*\uE001)/)
    .filter((part) => part !== '')
    .flatMap((part): readonly (string | Hcl)[] => {
      const held = mark.exec(part)?.[1];
      if (held === undefined) return [part];
      const [kind, ...rest] = held.split(':');
      if (kind === 'call') {
        const [label = '', port, form = 'url'] = rest;
        const parts = facts.address(label, Number(port), keyOf(project, label));
        return inForm(parts, form as Call['form']);
      }
      if (kind === 'password') return [ref(`module.data.passwords.${rest.at(-1)}`)];
      return [ref(held)];
    });
  return parts.length === 0 ? str('') : template(parts);
}

/** The address of a service as the source wants it: whole, without its scheme, or a part of it. */
function inForm(
  [first = '', ...more]: readonly (string | Hcl)[],
  form: Call['form'],
): readonly (string | Hcl)[] {
  const [, scheme, start = ''] =
    typeof first === 'string' ? (/^(https?):\/\/(.*)$/.exec(first) ?? []) : [];
  if (form === 'url' || scheme === undefined) return [first, ...more];
  const host = [start, ...more].filter((part) => part !== '');
  const last = host.at(-1);
  const [end = '', port] = typeof last === 'string' ? (/:(\d+)$/.exec(last) ?? []) : [];
  const answers = port ?? (scheme === 'https' ? '443' : '80');
  const bare =
    typeof last === 'string' && port !== undefined
      ? [...host.slice(0, -1), last.slice(0, -end.length)].filter((part) => part !== '')
      : host;
  if (form === 'port') return [answers];
  return form === 'host' ? bare : [...bare, `:${answers}`];
}

/** Addresses as the cloud's systems want them: by TLS, and without the port that this implies. */
function secured(text: string, { backingServices }: Service, { managed }: CloudFacts): string {
  const isTls = (...systems: readonly BackingService[]): boolean =>
    systems.some((one) => backingServices.includes(one) && managed[one]?.tls);
  if (isTls('redis')) text = text.replace(/^redis:/, 'rediss:');
  if (isTls('rabbitmq')) text = text.replace(/^amqp:/, 'amqps:');
  if (isTls('postgres'))
    text = text.replace(/^((?:jdbc:)?postgresql:[^?]*)$/, '$1?sslmode=require');
  if (isTls('postgres')) text = text.replace(/^Host=.*$/, '$&;SSL Mode=Require');
  if (isTls('sqlserver'))
    text = text.replace(/^(Server=.*);TrustServerCertificate=True$/, '$1;Encrypt=True');
  if (isTls('redis')) text = text.replace(/^[^:/]+:\d+,password=.*$/, '$&,ssl=True');
  if (isTls('mongodb') && text.startsWith('mongodb:')) {
    text = `${text.replace('?authSource=admin', '?tls=true')}&retryWrites=false`;
  }
  if (isTls('elasticsearch', 'opensearch', 'minio'))
    text = text.replace(/^http:(.*):443$/, 'https:$1');
  // Where nobody asks for a password there is no colon for it.
  return text.replace('://:@', '://');
}
