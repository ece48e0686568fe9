import { sha256 } from '#main/core/hash.ts';
import type { ModelRequest } from '#main/providers/provider.ts';

/** The sha256 of a request that has no images: what provenance names an answer's question by. */
export function requestHash(request: ModelRequest): string {
  const { provider, model, system, prompt, temperature, maxTokens, schema } = request;
  return sha256(JSON.stringify([provider, model, system, prompt, temperature, maxTokens, schema]));
}
