import type { Called } from '#shared/scan.ts';

/** A variable that may hold the address of another service, by its name. */
export type AddressName = {
  /** What stands before the ending: the words that may name the other service. */
  readonly stem: string;
  readonly form: Called['form'];
  /** Whether the ending says that it is a service, so that nobody outside is meant by a common word. */
  readonly saysService: boolean;
};

/** What the name of such a variable ends in, longest first, and what it then holds. */
const endings: readonly (readonly [ending: RegExp, form: Called['form']])[] = [
  [/_(?:GRPC_)?(?:ADDR|ADDRESS|HOST_?PORT|TARGET)$/, 'authority'],
  [/_(?:BASE_?|INTERNAL_?|HTTP_?|REST_?|ROOT_?)?(?:URL|URI|ENDPOINT)$/, 'url'],
  [/_(?:INTERNAL_)?(?:HOST|HOSTNAME)$/, 'host'],
  [/_PORT$/, 'port'],
];

const service = /_?(?:MICRO)?(?:SERVICE|SVC)$/;

/**
 * Variables that say where the program itself listens, and those of systems outside: mail servers,
 * proxies, collectors of telemetry. A service of the project that is called so needs a clearer name.
 */
const others =
  /^(?:E?MAIL|SMTP|IMAP|LDAP|DNS|NTP|PROXY|HTTPS?|NO|SERVER|LISTEN|BIND|APP|WEB|SITE|NODE|HOST|LOCAL|PUBLIC|EXTERNAL|BASE|ROOT|LOG|LOGS|LOGGING|SENTRY|OTEL(?:_.+)?|OTLP|JAEGER|ZIPKIN|STATSD|METRICS|TRACING|DATABASE|DB|CACHE|QUEUE|BROKER|S3|CDN|AUTH0|OIDC|ISSUER)$/;

/**
 * Reads a variable's name as one that holds another service's address; null where it is none.
 * `CART_SERVICE` alone says so too, but not in which form: then it is an address without a scheme.
 */
export function addressName(name: string): AddressName | null {
  const upper = name.toUpperCase();
  for (const [ending, form] of endings) {
    const found = ending.exec(upper);
    if (!found) continue;
    const stem = upper.slice(0, found.index);
    const saysService = service.test(stem);
    if (stem === '' || (!saysService && others.test(stem))) return null;
    return { stem, form, saysService };
  }
  return service.test(upper) && upper.replace(service, '') !== ''
    ? { stem: upper, form: 'authority', saysService: true }
    : null;
}

/**
 * The form of what the source takes where the variable is not set, `http://cart:8080/v1`, `cart:8080`
 * or `cart`; null where that is no address.
 */
export function formOf(fallback: string): Pick<Called, 'form' | 'path'> | null {
  const url = /^http:\/\/[\w.-]+(?::\d{1,5})?(\/[\w./~%-]*)?$/.exec(fallback);
  if (url) return { form: 'url', path: url[1] ?? '' };
  if (/^[a-zA-Z][\w.-]*:\d{1,5}$/.test(fallback)) return { form: 'authority', path: '' };
  if (/^\d{2,5}$/.test(fallback)) return { form: 'port', path: '' };
  return /^[a-zA-Z][\w.-]*$/.test(fallback) ? { form: 'host', path: '' } : null;
}
