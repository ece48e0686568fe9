import { createHash } from 'node:crypto';
import type { ModelRequest } from '../provider.ts';

/** Rises when requests are encoded otherwise, so that no old answer is taken for another request's. */
const version = 1;

/**
 * A request as bytes that no other request has: a JSON list of every field in one order, the images'
 * lengths among them, and then the images. JSON escapes lone surrogates, which UTF-8 would make one.
 * A schema keeps the order of its properties: a model writes its answer in that order.
 */
export function requestParts(request: ModelRequest): readonly [string, ...Uint8Array[]] {
  const { provider, model, system, prompt, images, temperature, maxTokens, schema, ...rest } =
    request;
  // Refuses to compile where a field of a request is no part of its key.
  rest satisfies Record<string, never>;
  const head = JSON.stringify([
    version,
    provider,
    model,
    system,
    prompt,
    images.map(({ mediaType, data }) => [mediaType, data.byteLength]),
    // JSON has one `null` for all numbers that are not finite.
    String(temperature),
    String(maxTokens),
    schema,
  ]);
  return [head, ...images.map(({ data }) => data)];
}

/** The cache's key of a request: the sha256 of all of it, in hexadecimal. */
export function requestKey(request: ModelRequest): string {
  const hash = createHash('sha256');
  for (const part of requestParts(request)) hash.update(part);
  return hash.digest('hex');
}
