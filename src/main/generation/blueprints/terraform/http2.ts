import type { Service } from '#shared/scan.ts';
import type { Variable } from './file.ts';
import type { Stack } from './stack.ts';

/** Whether a service understands nothing but HTTP/2 without TLS, as gRPC servers do. */
export function speaksHttp2({ evidence, framework }: Service): boolean {
  return (
    framework === 'grpc' ||
    evidence.some(({ fact, value }) => fact === 'protocol' && value === 'h2c')
  );
}

/** Whether a cloud that talks HTTP/1 to containers has to be told of any service. */
export function hasHttp2({ services }: Stack): boolean {
  return services.some(({ service }) => speaksHttp2(service));
}

/** How the module of a service is told. */
export const http2Input: Variable = {
  name: 'http2',
  type: 'bool',
  description: 'Whether it understands HTTP/2 alone, without TLS.',
};
