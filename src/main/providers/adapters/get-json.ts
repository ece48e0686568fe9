import type { z } from 'zod';
import { unreadable } from '../provider-errors.ts';
import type { AdapterParts } from './adapter.ts';

type Get = {
  readonly signal: AbortSignal;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON, by POST. */
  readonly body?: unknown;
};

/** What an endpoint answers, parsed; throws as `endpointFetch` does, and `UNAVAILABLE` for what does not fit. */
export async function getJson<S extends z.ZodType>(
  { fetch, endpoint }: Pick<AdapterParts, 'fetch' | 'endpoint'>,
  url: string,
  schema: S,
  { signal, headers = {}, body }: Get,
): Promise<z.output<S>> {
  const post = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const type = body === undefined ? {} : { 'content-type': 'application/json' };
  const answer = await fetch(url, { ...post, signal, headers: { ...type, ...headers } });
  const parsed = schema.safeParse(readJson(await answer.text()));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw unreadable(endpoint, `${issue?.path.join('.') || 'it'} is not as expected`);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
