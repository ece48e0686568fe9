import type { SourcePattern } from '../source-signals.ts';

const host = '(?<value>[a-z][a-z0-9-]{0,62})';
/** Behind a host, in a text: its port, its path, or the end. */
const end = '(?=[:/?"\'`])';

/** A URL whose host is a name of the network: `http://cart:8080/`, `lb://cart`. */
function byUrl(scheme: string): SourcePattern {
  return {
    fact: 'called',
    hint: `${scheme}://`,
    pattern: new RegExp(`["'\`]${scheme.replaceAll('+', '\\+')}://${host}${end}`, 'g'),
    value: ({ groups }) => (groups?.value === 'localhost' ? null : (groups?.value ?? null)),
  };
}

const variable =
  '(?<name>[A-Z][A-Z0-9_]{1,100}?(?:ADDR|ADDRESS|HOST|HOSTNAME|UR[IL]|ENDPOINT|SERVICE|SVC|PORT|TARGET))';
const instead = '(?:,|\\|\\||\\?\\?|\\?:|\\bor\\b)\\s*';
const taken =
  '["\'`](?<taken>(?:https?://)?[a-zA-Z0-9][\\w.-]{0,100}(?::\\d{1,5})?(?:/[\\w./~%-]{0,200})?)["\'`]';

/** Endings of variables that hold addresses: a file without any is passed over. */
const hints = ['_ADDR', '_HOST', '_UR', '_ENDPOINT', '_SERVICE', '_SVC', '_TARGET'] as const;

/** What opens a channel of gRPC to an address. */
const dials = ['secure_channel(', 'grpc.Dial(', 'grpc.NewClient(', 'forTarget(', 'ForAddress('];

/**
 * In any language: names of services where addresses stand, and what is taken where a variable with an
 * address is not set, `getenv("CART_HOST", "cart")`, as `NAME=cart`.
 */
export const callPatterns: readonly SourcePattern[] = [
  byUrl('http'),
  byUrl('lb'),
  byUrl('https+http'),
  ...dials.map(
    (dial): SourcePattern => ({
      fact: 'called',
      hint: dial,
      pattern: new RegExp(
        `${dial.replace(/[.(]/g, '\\$&')}\\s*["'\`](?:dns:/{2,3})?${host}${end}`,
        'g',
      ),
      value: ({ groups }) => (groups?.value === 'localhost' ? null : (groups?.value ?? null)),
    }),
  ),
  ...hints.flatMap((hint) =>
    [`["']${variable}["']\\s*[\\])]{0,2}`, `\\.env\\.${variable}\\b`].map(
      (read): SourcePattern => ({
        fact: 'fallback',
        hint,
        pattern: new RegExp(`${read}\\s*${instead}${taken}`, 'g'),
        value: ({ groups }) =>
          groups?.name?.includes(hint) ? `${groups.name}=${groups.taken}` : null,
      }),
    ),
  ),
];

/** `@FeignClient("cart")` of Spring Cloud, but for those that name an address. */
export const feignClients: SourcePattern = {
  fact: 'called',
  hint: '@FeignClient',
  pattern: /@FeignClient\(\s*(?<inside>[^)]{1,400})\)/g,
  value: ({ groups }) => {
    const inside = groups?.inside ?? '';
    if (/\burl\s*=/.test(inside)) return null;
    const [, name = null] =
      /(?:^|\b(?:name|value|serviceId)\s*=\s*)"([a-zA-Z][\w-]{0,62})"/.exec(inside) ?? [];
    return name;
  },
};

/** What nginx passes on: `proxy_pass http://cart:8080/`, also by a variable, `${CART_HOST}`. */
export const nginxPatterns: readonly SourcePattern[] = [
  {
    fact: 'called',
    hint: 'proxy_pass',
    pattern:
      /\bproxy_pass\s+http:\/\/(?:(?<value>[a-z][a-z0-9-]{0,62})(?=[:/;])|\$\{?(?<name>[A-Z][A-Z0-9_]{0,60}?)(?:_SERVICE)?_(?:HOST|HOSTNAME|ADDR|ADDRESS|URL|UPSTREAM)\b)/g,
    value: ({ groups }) =>
      groups?.value === 'localhost' ? null : (groups?.value ?? groups?.name ?? null),
  },
];
