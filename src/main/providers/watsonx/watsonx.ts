import { z } from 'zod';
import type { Adapter, AdapterParts, ListedModel } from '../adapters/adapter.ts';
import { getJson } from '../adapters/get-json.ts';
import { IamTokens } from './iam-tokens.ts';
import { WatsonxModel } from './watsonx-model.ts';
import { apiVersion } from './watsonx-protocol.ts';
import { type WithToken, withToken } from './with-token.ts';

const listSchema = z.object({
  resources: z
    .array(
      z.object({
        model_id: z.string().min(1).max(200),
        functions: z.array(z.object({ id: z.string() })).nullish(),
        model_limits: z
          .object({ max_sequence_length: z.int().positive().nullish() })
          .nullish()
          .catch(null),
      }),
    )
    .max(10_000),
});

/** IBM watsonx: requests carry a token that IAM gives for the key, and the project they are counted to. */
export function watsonxAdapter(parts: AdapterParts, iam: AdapterParts, project: string): Adapter {
  const authorized = withToken(new IamTokens(iam));
  return {
    endpoint: parts.endpoint,
    model: (id) => new WatsonxModel(id, project, parts, authorized),
    list: (signal) => chatModels(parts, authorized, signal),
  };
}

async function chatModels(
  parts: AdapterParts,
  authorized: WithToken,
  signal: AbortSignal,
): Promise<readonly ListedModel[]> {
  const query = `version=${apiVersion}&limit=200`;
  const url = `${parts.endpoint.url}/ml/v1/foundation_model_specs?${query}`;
  // The list is open to all; with a token it also shows whether the key is right.
  const { resources } = await authorized(signal, (token) =>
    getJson(parts, url, listSchema, { signal, headers: { authorization: `Bearer ${token}` } }),
  );
  return resources
    .filter(({ functions }) => functions?.some(({ id }) => id === 'text_chat') ?? true)
    .map(({ model_id: id, model_limits: limits }) => ({
      id,
      contextTokens: limits?.max_sequence_length ?? null,
    }));
}
