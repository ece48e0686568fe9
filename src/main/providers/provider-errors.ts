import {
  APICallError,
  InvalidPromptError,
  JSONParseError,
  LoadAPIKeyError,
  TypeValidationError,
  UnsupportedFunctionalityError,
} from '@ai-sdk/provider';
import { OmegaError } from '#shared/error.ts';
import type { Endpoint } from './transport/endpoint.ts';
import { errorExcerpt } from './transport/error-text.ts';
import { statusError } from './transport/status-error.ts';

const maxCauses = 8;

/**
 * What went wrong with a call, as the port `Provider` documents it. What happened on the wire is an
 * `OmegaError` already, by `endpointFetch`, and only has to be found below what the SDK made of it; the
 * rest are answers that the SDK could not read. The SDK's own errors hold the prompt and are let go.
 */
export function providerError(endpoint: Endpoint, error: unknown): OmegaError {
  const known = below(error, (each) => each instanceof OmegaError);
  if (known) return known as OmegaError;
  if (LoadAPIKeyError.isInstance(error)) return lacksKey(endpoint);
  if (UnsupportedFunctionalityError.isInstance(error) || InvalidPromptError.isInstance(error)) {
    const message = `${endpoint.name} cannot do what the request asks for: ${excerpt(endpoint, error.message)}`;
    return new OmegaError('INVALID_INPUT', message);
  }
  const call = below(error, APICallError.isInstance);
  const status = call instanceof APICallError ? (call.statusCode ?? 200) : 200;
  if (call instanceof APICallError && status >= 300) return withStatus(endpoint, status, call);
  if (below(error, JSONParseError.isInstance)) return unreadable(endpoint, 'it is not JSON');
  if (below(error, TypeValidationError.isInstance)) {
    return unreadable(endpoint, 'its fields are not those of the API');
  }
  return unreadable(endpoint, error instanceof Error ? error.message : String(error));
}

/** An error that a provider sends as a part of a stream, after it began with 200. */
export function streamedError(endpoint: Endpoint, error: unknown): OmegaError {
  if (error instanceof Error) return providerError(endpoint, error);
  const text = typeof error === 'string' ? error : (JSON.stringify(error) ?? '');
  const { code, status, type } = (error ?? {}) as Record<string, unknown>;
  const number = [code, status].map(Number).find((each) => each >= 400 && each <= 599);
  const overloaded = type === 'overloaded_error' ? 529 : 500;
  const header = () => null;
  return statusError(endpoint, { status: number ?? overloaded, header, body: text });
}

/** The error of a call to a provider whose key is not there. */
export function lacksKey({ id, name }: Pick<Endpoint, 'id' | 'name'>): OmegaError {
  const message = `There is no key for ${name}; set one with \`omega keys set ${id}\` or in the settings.`;
  return new OmegaError('UNAUTHORIZED', message);
}

/** The error of an answer that is not what the provider's API says. */
export function unreadable(endpoint: Endpoint, why: string): OmegaError {
  const message = `The answer of ${endpoint.name} cannot be read: ${excerpt(endpoint, why)}. Try again, or check ${endpoint.urlKey}.`;
  return new OmegaError('UNAVAILABLE', message, { retryable: true });
}

function withStatus(endpoint: Endpoint, status: number, call: APICallError): OmegaError {
  const header = (name: string) => call.responseHeaders?.[name] ?? null;
  return statusError(endpoint, { status, header, body: call.responseBody ?? call.message });
}

function excerpt(endpoint: Endpoint, text: string): string {
  return errorExcerpt(text, endpoint.secrets()).slice(0, 200).replace(/\.$/, '');
}

function below(error: unknown, matches: (each: unknown) => boolean): unknown {
  let current = error;
  for (let depth = 0; depth < maxCauses && current instanceof Error; depth += 1) {
    if (matches(current)) return current;
    current = current.cause;
  }
  return null;
}
