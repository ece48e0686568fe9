import type { SourcePattern } from '../source-signals.ts';

/** How far a connection string is followed to the method that takes it. */
const reach = 20_000;

/** Systems by a word in the name of the method that registers a client or a database context. */
const clients: readonly (readonly [words: RegExp, system: string])[] = [
  [/Npgsql|Postgres/i, 'postgres'],
  [/Redis|Valkey|Garnet/i, 'redis'],
  [/Rabbit_?Mq/i, 'rabbitmq'],
  [/SqlServer|SqlClient/i, 'sqlserver'],
  [/MySql|MariaDb/i, 'mysql'],
  [/Mongo/i, 'mongodb'],
  [/Kafka/i, 'kafka'],
  [/Nats(?![a-z])/, 'nats'],
  [/Elasticsearch/i, 'elasticsearch'],
  [/ServiceBus|Blob|Queue|Table|EventHub|Cosmos|OpenAI|Ollama|Qdrant|Milvus|Oracle/, 'other'],
];

/** What a method of Entity Framework that takes a connection string talks to. */
const providers: Readonly<Record<string, string>> = {
  UseNpgsql: 'postgres',
  UseSqlServer: 'sqlserver',
  UseAzureSql: 'sqlserver',
  UseMySql: 'mysql',
  UseMySQL: 'mysql',
  UseSqlite: 'sqlite',
  UseMongoDB: 'mongodb',
  UseOracle: 'other',
  UseCosmos: 'other',
};

/**
 * What C# says of its configuration, whose keys are set by variables with `__` for `:`
 * (https://learn.microsoft.com/aspnet/core/fundamentals/configuration). `connection` is
 * `system=name`, the system empty where the line does not tell it and `other` where it is none of ours;
 * `setting` is a key.
 */
export const dotnetSettings: readonly SourcePattern[] = [
  {
    fact: 'connection',
    hint: '.Add',
    pattern:
      /\.Add(?:Keyed)?(?<method>\w{3,60}?(?:Client|ClientBuilder|ClientFromConfiguration|DbContext|DbContextPool|DataSource|EventBus|Cache|Producer|Consumer))(?:<[^()\n]{1,200}>)?\(\s*(?:connectionName:\s*)?"(?<name>[A-Za-z][\w-]{0,60})"/g,
    value: ({ groups }) => {
      const method = groups?.method ?? '';
      const system = clients.find(([words]) => words.test(method))?.[1];
      return system === undefined ? null : `${system}=${groups?.name}`;
    },
  },
  {
    fact: 'connection',
    hint: 'GetConnectionString',
    pattern:
      /(?<fallback>(?<tested>IsNullOr(?:Empty|WhiteSpace)\([^;\n]{0,80}))?\bGetConnectionString\(\s*"(?<name>[A-Za-z][\w-]{0,60})"\s*\)(?<needed>!|\s*\?\?\s*throw\b)?/g,
    bare: true,
    value: (match) => `${providerOf(match)}=${match.groups?.name}`,
  },
  {
    fact: 'setting',
    hint: 'GetRequiredValue',
    pattern: /\b(?<on>\w{1,60})\.GetRequiredValue(?:<\w+>)?\(\s*"(?<key>[\w:]{1,120})"\s*\)/g,
    value: keyOf,
  },
  {
    fact: 'setting',
    hint: '["',
    pattern:
      /\b(?<on>\w{0,60}(?:[cC]onfig|[sS]ection|[sS]ettings)\w{0,60})\[\s*"(?<key>[\w:]{1,120})"\s*\](?:(?<needed>!|\s*\?\?\s*throw\b)|(?<fallback>(?<tested>\s*(?:\?\?|is\b|[!=]=))))?/g,
    bare: true,
    value: keyOf,
  },
  {
    fact: 'setting',
    hint: 'GetValue<',
    pattern:
      /\b(?<on>\w{1,60})\.GetValue<[\w?]{1,40}>\(\s*"(?<key>[\w:]{1,120})"\s*\)(?<needed>!)?/g,
    bare: true,
    value: keyOf,
  },
  {
    fact: 'discovery',
    hint: '://',
    pattern:
      /"(?:https?|https\+http|http\+https):\/\/(?:_\w+\.)?(?<value>[a-z][a-z0-9-]{1,60})(?=["/])/g,
    value: ({ groups }) => (groups?.value === 'localhost' ? null : (groups?.value ?? null)),
  },
  {
    fact: 'sqlite-file',
    hint: '=',
    pattern:
      /"(?:Data ?Source|Filename)\s*=\s*(?<value>[\w.-][\w./-]{0,120}\.(?:db3?|sqlite3?))(?=[;"])/gi,
  },
  {
    fact: 'entry',
    hint: 'Add',
    pattern: /\.(?:AddInteractiveServerComponents|AddServerSideBlazor)\(/g,
    value: () => 'blazor-server',
  },
];

/** The system by the method around the call, or by the one that the string is handed to. */
function providerOf({ input = '', index = 0, groups }: RegExpMatchArray): string {
  const before = input.slice(Math.max(0, index - 160), index);
  const around = /\b(Use\w+)\([^;]*$/.exec(before)?.[1];
  const named = /\b(\w{1,60})\s*=\s*[\w.]{0,80}$/.exec(before)?.[1];
  const passed =
    around === undefined && named !== undefined && groups?.tested === undefined
      ? new RegExp(`\\b(Use\\w+)\\(\\s*${named}\\b`).exec(input.slice(index, index + reach))?.[1]
      : undefined;
  return providers[around ?? passed ?? ''] ?? '';
}

/** Variables that hold a section of the configuration, in the order of the source. */
type Section = { readonly holder: string; readonly name: string; readonly at: number };

/** Sections of one source that are looked at. */
const maxSections = 100;
/** The sections of the source that was looked at last: many keys are read in a row from one. */
let last: { readonly input: string; readonly sections: readonly Section[] } | null = null;

function sectionsOf(input: string): readonly Section[] {
  if (last?.input === input) return last.sections;
  const sections: Section[] = [];
  for (const { index, groups } of input.matchAll(
    /\b(?<holder>\w{1,60})\s*=\s*[\w.]{0,80}Get(?:Required)?Section\(\s*"(?<name>[\w:]{1,120})"/g,
  )) {
    if (sections.length >= maxSections) break;
    sections.push({ holder: groups?.holder ?? '', name: groups?.name ?? '', at: index });
  }
  last = { input, sections };
  return sections;
}

/** The whole key of a value that is read from the configuration, or from a section of it that a variable holds. */
function keyOf({ input = '', index = 0, groups }: RegExpMatchArray): string | null {
  const { on = '', key = '' } = groups ?? {};
  const section = sectionsOf(input).findLast(({ holder, at }) => holder === on && at < index);
  if (section) return `${section.name}:${key}`;
  const isWhole = /config/i.test(on) && !/section/i.test(on);
  // Names in capitals alone are variables by any reading.
  return isWhole && !/^[A-Z_][A-Z0-9_]*$/.test(key) ? key : null;
}
