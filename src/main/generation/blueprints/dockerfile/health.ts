import type { Service } from '#shared/scan.ts';

/** Path of the health request; `/` where the source shows none, and then any answer counts. */
function target(service: Service): { readonly path: string; readonly strict: boolean } {
  const path = service.healthPath?.replace(/[^\w\-./~%?&=]/g, '') ?? '';
  return path.startsWith('/') ? { path, strict: true } : { path: '/', strict: false };
}

/** A check by Node's, Bun's or Deno's own `fetch`. */
export function fetchCheck(
  program: readonly string[],
  service: Service,
  port: number,
): readonly string[] {
  const { path, strict } = target(service);
  const success = strict ? 'r.ok' : 'r.status<500';
  const exit = program[0] === 'deno' ? 'Deno.exit' : 'process.exit';
  return [
    ...program,
    `fetch('http://127.0.0.1:${port}${path}').then(r=>${exit}(${success}?0:1),()=>${exit}(1))`,
  ];
}

/** A check by Python's standard library. */
export function pythonCheck(service: Service, port: number): readonly string[] {
  const { path, strict } = target(service);
  const script = strict
    ? `import urllib.request; urllib.request.urlopen('http://127.0.0.1:${port}${path}', timeout=4)`
    : `import socket; socket.create_connection(('127.0.0.1', ${port}), 4).close()`;
  return ['python', '-c', script];
}

/** A check by the `wget` of BusyBox, in Alpine images. */
export function wgetCheck(service: Service, port: number): readonly string[] {
  return ['wget', '-q', '-O', '/dev/null', `http://127.0.0.1:${port}${target(service).path}`];
}

/** A check by `bash` alone, for Debian images without an HTTP client. */
export function bashCheck(service: Service, port: number): readonly string[] {
  const { path, strict } = target(service);
  const open = `exec 3<>/dev/tcp/127.0.0.1/${port}`;
  const request = `printf 'GET ${path.replaceAll('%', '%%')} HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3`;
  const read = 'read -r _ status _ <&3 && [[ $status == 2* ]]';
  return ['bash', '-c', strict ? `${open} && ${request} && ${read}` : open];
}
