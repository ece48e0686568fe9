import { type Mapping, mapping } from '../plain.ts';
import type { YamlPath } from '../yaml/line-of-path.ts';
import { typeOf } from './components.ts';
import { configUrl, type Say } from './judge-config.ts';

/** Settings of common components without which the collector does not start. */
export function judgeSettings(config: Mapping, say: Say): void {
  for (const [id, value] of Object.entries(mapping(config.processors))) {
    const held = mapping(value);
    const path = ['processors', id];
    if (typeOf(id) === 'memorylimiter') judgeLimiter(held, path, say);
    if (typeOf(id) === 'batch') {
      const [size = 8192, most] = [held.send_batch_size, held.send_batch_max_size];
      if (typeof size === 'number' && typeof most === 'number' && most > 0 && most < size) {
        say(
          'setting',
          'error',
          [...path, 'send_batch_max_size'],
          'send_batch_max_size is below send_batch_size, which the collector refuses. Raise it.',
          configUrl,
        );
      }
    }
  }
  for (const [id, value] of Object.entries(mapping(config.exporters))) {
    if (!/^otlp(?:grpc|http)?$/.test(typeOf(id))) continue;
    const held = mapping(value);
    const given = [
      'endpoint',
      'traces_endpoint',
      'metrics_endpoint',
      'logs_endpoint',
      'profiles_endpoint',
    ].some((key) => held[key]);
    if (!given) {
      say(
        'setting',
        'error',
        ['exporters', id],
        'This exporter has no endpoint, so the collector does not start. Add one.',
        configUrl,
      );
    }
  }
  judgePorts(config, say);
}

function judgeLimiter(held: Mapping, path: YamlPath, say: Say): void {
  const url =
    'https://github.com/open-telemetry/opentelemetry-collector/blob/main/processor/memorylimiterprocessor/README.md';
  if (!held.check_interval || /^0(?:s|ms)?$/.test(String(held.check_interval))) {
    say('setting', 'error', path, 'memory_limiter needs check_interval, such as 1s. Add it.', url);
  }
  if (!held.limit_mib && !held.limit_percentage) {
    say(
      'setting',
      'error',
      path,
      'memory_limiter needs limit_mib or limit_percentage. Add one.',
      url,
    );
  }
}

/** Addresses that one pod listens on must differ. */
function judgePorts(config: Mapping, say: Say): void {
  const taken = new Map<string, string>();
  const listen = (address: unknown, who: string, path: YamlPath): void => {
    const port = /:(\d{1,5})$/.exec(String(address ?? ''))?.[1];
    if (port === undefined) return;
    const other = taken.get(port);
    if (other !== undefined) {
      say(
        'port',
        'error',
        path,
        `${other} listens on port ${port} already. Give ${who} another one.`,
        configUrl,
      );
    }
    taken.set(port, who);
  };
  for (const [id, value] of Object.entries(mapping(config.receivers))) {
    const held = mapping(value);
    if (['otlp', 'jaeger', 'zipkin', 'skywalking', 'loki'].includes(typeOf(id))) {
      listen(held.endpoint, id, ['receivers', id, 'endpoint']);
      for (const [name, protocol] of Object.entries(mapping(held.protocols))) {
        if (/^thrift_(?:compact|binary)$/.test(name)) continue;
        listen(mapping(protocol).endpoint, `${id} (${name})`, [
          'receivers',
          id,
          'protocols',
          name,
          'endpoint',
        ]);
      }
    }
  }
  for (const [id, value] of Object.entries(mapping(config.extensions))) {
    if (!['healthcheck', 'zpages', 'pprof'].includes(typeOf(id))) continue;
    listen(mapping(value).endpoint, id, ['extensions', id, 'endpoint']);
  }
  for (const [id, value] of Object.entries(mapping(config.exporters))) {
    if (typeOf(id) !== 'prometheus') continue;
    listen(mapping(value).endpoint, id, ['exporters', id, 'endpoint']);
  }
}
