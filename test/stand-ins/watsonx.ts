import { z } from 'zod';
import { contentSchema, imagesIn, textOf } from './content.ts';
import { eventStream } from './events.ts';
import { bearer } from './judge-key.ts';
import type { Dialect, Finish, Read, Reply, Route, Wire } from './protocol.ts';
import { issueToken } from './watsonx-token.ts';

const requestSchema = z
  .object({
    model_id: z.string(),
    project_id: z.string().optional(),
    space_id: z.string().optional(),
    messages: z.array(z.object({ role: z.string(), content: contentSchema })).min(1),
    temperature: z.number().optional(),
    max_tokens: z.int().optional(),
    max_completion_tokens: z.int().optional(),
    response_format: z
      .object({ json_schema: z.object({ schema: z.unknown().optional() }).optional() })
      .optional(),
  })
  .refine(
    ({ project_id, space_id }) => (project_id === undefined) !== (space_id === undefined),
    'Either space_id or project_id has to be given',
  );

const finishes = { stop: 'stop', length: 'length', filter: 'stop' } as const satisfies Record<
  Finish,
  string
>;
let answers = 0;

function read(stream: boolean, body: unknown): Read {
  const request = requestSchema.parse(body);
  const of = (system: boolean) =>
    request.messages.filter(({ role }) => (role === 'system') === system);
  return {
    seen: {
      protocol: 'watsonx',
      endpoint: stream ? 'chat_stream' : 'chat',
      model: request.model_id,
      stream,
      temperature: request.temperature ?? null,
      maxTokens: request.max_completion_tokens ?? request.max_tokens ?? null,
      system: textOf(of(true)),
      prompt: textOf(of(false)),
      images: imagesIn(of(false)),
      schema: request.response_format?.json_schema?.schema ?? null,
    },
    wire: wire(request.model_id),
  };
}

function wire(model: string): Wire {
  answers += 1;
  const head = {
    id: `chatcmpl-watsonx-${answers}`,
    model_id: model,
    model,
    created: Math.floor(Date.now() / 1_000),
    model_version: '1.1.0',
    created_at: new Date().toISOString(),
  };
  const usage = (input: number, output: number) => ({
    completion_tokens: output,
    prompt_tokens: input,
    total_tokens: input + output,
  });
  let sent = 0;
  const event = (name: string, data: object): string => {
    sent += 1;
    return `id: ${sent}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
  };
  const choice = (delta: object, finish: string | null): string =>
    event('message', { ...head, choices: [{ index: 0, finish_reason: finish, delta }] });
  return {
    type: eventStream,
    frameEnd: '\n\n',
    whole: ({ text, finish, inputTokens, outputTokens }) => ({
      ...head,
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: text },
          finish_reason: finishes[finish],
        },
      ],
      usage: usage(inputTokens, outputTokens),
    }),
    begin: () => choice({ role: 'assistant', content: '' }, null),
    piece: (content) => choice({ content }, null),
    end: ({ finish, inputTokens, outputTokens }) =>
      choice({ content: '' }, finishes[finish]) +
      event('message', { ...head, choices: [], usage: usage(inputTokens, outputTokens) }),
    failure: (message) =>
      event('error', {
        errors: [{ code: 'downstream_request_failed', message }],
        status_code: 500,
      }),
  };
}

const codes: Readonly<Record<number, readonly [code: string, message: string]>> = {
  400: ['invalid_request_entity', 'The request is invalid'],
  429: ['rate_limit_reached_requests', 'The rate limit of requests was reached'],
  500: ['downstream_request_failed', 'Downstream request failed'],
  503: ['service_unavailable', 'The service is not available now'],
};

const refuse: Dialect['refuse'] = (refusal, detail) => {
  const answer = (status: number, code: string, message: string): Reply => ({
    status,
    body: {
      errors: [{ code, message, more_info: 'https://cloud.ibm.com/apidocs/watsonx-ai' }],
      trace: 'stand-in',
      status_code: status,
    },
  });
  if (refusal === 'key-missing') {
    return answer(401, 'authorization_required', 'Authorization is required');
  }
  if (refusal === 'key-wrong') {
    const message = 'Failed to authenticate the request due to an expired token';
    return answer(401, 'authentication_token_expired', message);
  }
  if (refusal === 'no-model') {
    return answer(404, 'model_not_supported', `Model '${detail}' is not supported`);
  }
  const [code, message] = codes[refusal] ?? ['error', 'The request failed'];
  return answer(refusal, code, detail || message);
};

const specs = (models: readonly string[]): Reply => ({
  status: 200,
  body: {
    total_count: models.length,
    limit: 100,
    first: { href: '/ml/v1/foundation_model_specs' },
    resources: models.map((model_id) => ({
      model_id,
      label: model_id.split('/').at(-1),
      provider: 'IBM',
      functions: [{ id: 'text_chat' }, { id: 'text_generation' }],
      model_limits: { max_sequence_length: 131_072, max_output_tokens: 8_192 },
    })),
  },
});

/** IBM watsonx.ai, with the token service of IBM Cloud's IAM. */
export const watsonx: Dialect = {
  protocol: 'watsonx',
  route({ method, path, query, headers }, site): Route | null {
    const plain = (endpoint: string, reply: (body: string) => Reply): Route => ({
      kind: 'plain',
      endpoint,
      open: true,
      reply,
    });
    if (method === 'POST' && path === '/identity/token') {
      return plain('token', (body) => issueToken(body, headers['content-type'], site));
    }
    if (!path.startsWith('/ml/v1/')) return null;
    if (!/^\d{4}-\d\d-\d\d$/.test(query.get('version') ?? '')) {
      return plain('version', () => refuse(400, "Query parameter 'version' is required"));
    }
    switch (`${method} ${path}`) {
      case 'GET /ml/v1/foundation_model_specs':
        return plain('models', () => specs(site.models));
      case 'POST /ml/v1/text/chat':
        return { kind: 'generate', read: (body) => read(false, body) };
      case 'POST /ml/v1/text/chat_stream':
        return { kind: 'generate', read: (body) => read(true, body) };
      default:
        return null;
    }
  },
  keySeen({ headers }, { key, tokens }) {
    if (key === null) return 'not-needed';
    const token = bearer(headers);
    if (token === null) return 'missing';
    return tokens.holds(token) ? 'right' : 'wrong';
  },
  refuse,
};
