import { closest } from '../validation/suggest.ts';

/** Systems that projects run beside their own services, mostly without a file of their own. */
const usual =
  /postgres|mysql|maria|mongo|redis|valkey|rabbit|kafka|nats|elastic|opensearch|grafana|prometheus|loki|tempo|jaeger|collector|otel|nginx|traefik|envoy|ingress|cert-manager|exporter|alertmanager|minio|vault|keycloak|adminer|mailhog|memcached|^db$|^cache$|^queue$|database/;

/** Names that a file uses for what the other files have. */
export type NamedThings = {
  readonly named: Iterable<string>;
  /** What the other files have. */
  readonly known: ReadonlySet<string>;
  /** What is known to be none of the project's own. */
  readonly foreign: ReadonlySet<string>;
};

/**
 * The names that mean nothing, with what was probably meant: one that is almost the name of a thing
 * which is not named itself, or one of a list of the project's services that lacks exactly so many.
 * Other unknown names may be of what the files do not show, so nothing is said of them.
 */
export function strangers({
  named,
  known,
  foreign,
}: NamedThings): ReadonlyMap<string, string | null> {
  const all = new Set(named);
  const own = [...known].filter((one) => !usual.test(one));
  const unknown = [...all].filter(
    (one) => !known.has(one) && !foreign.has(one) && !usual.test(one),
  );
  const missing = new Set(own.filter((one) => !all.has(one)));
  const found = new Map<string, string | null>();
  if (missing.size === 0) return found;
  const matched = own.length - missing.size;
  const isList = matched > 0 && matched * 2 >= own.length && unknown.length <= missing.size;
  for (const one of unknown.slice(0, maxNames)) {
    const meant = closest(one, missing);
    if (meant !== null || isList)
      found.set(one, meant ?? (missing.size === 1 ? ([...missing][0] ?? null) : null));
  }
  return found;
}

/** Looking for what was meant takes time by the name. */
const maxNames = 50;

/** What a message adds of the thing that was probably meant. */
export function meantText(meant: string | null): string {
  return meant === null ? '' : ` Did you mean "${meant}"?`;
}
