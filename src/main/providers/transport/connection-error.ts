import { OmegaError } from '#shared/error.ts';
import type { Endpoint } from './endpoint.ts';

const unknownHost = new Set(['ENOTFOUND', 'EAI_AGAIN']);
const certificate = /^(?:CERT_|ERR_TLS_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;

/** The error of a request that found no way to its provider. `error` is what undici threw. */
export function connectionError(endpoint: Endpoint, error: unknown): OmegaError {
  const { name, origin, urlKey } = endpoint;
  const code = codeOf(error);
  const options = { cause: error, details: { system: code } };
  if (certificate.test(code)) {
    const message = `The certificate of ${origin} cannot be trusted (${code}); check ${urlKey}, or add its authority with NODE_EXTRA_CA_CERTS.`;
    return new OmegaError('UNAVAILABLE', message, options);
  }
  const what = unknownHost.has(code)
    ? `${origin} cannot be found (${code}); check the network and ${urlKey}.`
    : `${name} does not answer at ${origin} (${code || 'no connection'}); see that it runs and check ${urlKey}.`;
  return new OmegaError('UNAVAILABLE', what, { ...options, retryable: true });
}

/** The error of an answer that stopped before its end. */
export function cutError({ name }: Pick<Endpoint, 'name'>, cause?: unknown): OmegaError {
  const message = `The answer of ${name} stopped in the middle; try again.`;
  return new OmegaError('UNAVAILABLE', message, { cause, retryable: true, details: { cut: true } });
}

function codeOf(error: unknown): string {
  // Where a name has several addresses, the error holds one for each.
  const first = error instanceof AggregateError ? (error.errors[0] ?? error) : error;
  const code = (first as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}
