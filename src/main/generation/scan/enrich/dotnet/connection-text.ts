import type { BackingService } from '#shared/scan.ts';

/** What a connection string in a settings file tells: its system, and the database that it names. */
export type ConnectionText = {
  readonly system: BackingService | 'sqlite' | null;
  readonly database: string | null;
};

const schemes: Readonly<Record<string, BackingService>> = {
  amqp: 'rabbitmq',
  amqps: 'rabbitmq',
  mongodb: 'mongodb',
  'mongodb+srv': 'mongodb',
  redis: 'redis',
  rediss: 'redis',
  nats: 'nats',
  postgres: 'postgres',
  postgresql: 'postgres',
};

/** Reads a connection string as ADO.NET, StackExchange.Redis and URLs have it; nothing of it is kept but names. */
export function readConnection(value: string): ConnectionText {
  const short = value.slice(0, 2_000);
  const scheme = /^([a-z+]{3,15}):\/\//.exec(short)?.[1];
  if (scheme !== undefined) {
    const path = /^[a-z+]+:\/\/[^/]*\/([\w-]+)/.exec(short)?.[1] ?? null;
    const system = Object.hasOwn(schemes, scheme) ? (schemes[scheme] ?? null) : null;
    return { system, database: system === 'rabbitmq' || system === 'redis' ? null : path };
  }
  const parts = new Map(
    short.split(';').map((part) => {
      const [key = '', ...rest] = part.split('=');
      return [key.trim().toLowerCase().replaceAll(' ', ''), rest.join('=').trim()] as const;
    }),
  );
  const named = parts.get('database') ?? parts.get('initialcatalog') ?? null;
  const source = parts.get('datasource') ?? parts.get('filename') ?? '';
  if (/\.(?:db3?|sqlite3?)$|^:memory:$/i.test(source)) return { system: 'sqlite', database: null };
  return { system: systemOf(parts, short), database: named };
}

function systemOf(parts: ReadonlyMap<string, string>, value: string): BackingService | null {
  if (
    parts.has('initialcatalog') ||
    parts.has('trusted_connection') ||
    parts.has('trustservercertificate')
  )
    return 'sqlserver';
  if (parts.has('host') && (parts.has('database') || parts.has('username'))) return 'postgres';
  if (parts.get('server')?.includes('(localdb)') || /,\d+$/.test(parts.get('server') ?? ''))
    return 'sqlserver';
  if (/^[\w.-]+:6379(?:,|$)/.test(value)) return 'redis';
  return null;
}
