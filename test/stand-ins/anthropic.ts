import { z } from 'zod';
import { contentSchema, imagesIn, textOf } from './content.ts';
import { eventStream, namedEvent } from './events.ts';
import { judgeKey } from './judge-key.ts';
import type { Dialect, Finish, Read, Reply, Wire } from './protocol.ts';

const requestSchema = z.object({
  model: z.string(),
  /** Without it the API answers 400. */
  max_tokens: z.int().min(1),
  system: contentSchema.optional(),
  messages: z
    .array(z.object({ role: z.enum(['user', 'assistant']), content: contentSchema }))
    .min(1),
  stream: z.boolean().optional(),
  temperature: z.number().min(0).max(1).optional(),
  output_config: z
    .object({ format: z.object({ schema: z.unknown().optional() }).optional() })
    .optional(),
});

const finishes = {
  stop: 'end_turn',
  length: 'max_tokens',
  filter: 'refusal',
} as const satisfies Record<Finish, string>;
let answers = 0;

function read(body: unknown): Read {
  const { model, messages, ...request } = requestSchema.parse(body);
  return {
    seen: {
      protocol: 'anthropic',
      endpoint: 'messages',
      model,
      stream: request.stream ?? false,
      temperature: request.temperature ?? null,
      maxTokens: request.max_tokens,
      system: textOf([{ content: request.system }]),
      prompt: textOf(messages),
      images: imagesIn(messages),
      schema: request.output_config?.format?.schema ?? null,
    },
    wire: wire(model),
  };
}

function wire(model: string): Wire {
  answers += 1;
  const head = { id: `msg_${answers}`, type: 'message', role: 'assistant', model };
  const usage = (input: number, output: number) => ({
    input_tokens: input,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 0,
    output_tokens: output,
    service_tier: 'standard',
  });
  return {
    type: eventStream,
    frameEnd: '\n\n',
    whole: ({ text, finish, inputTokens, outputTokens }) => ({
      ...head,
      content: text === '' ? [] : [{ type: 'text', text }],
      stop_reason: finishes[finish],
      stop_sequence: null,
      usage: usage(inputTokens, outputTokens),
    }),
    begin: (inputTokens) =>
      namedEvent({
        type: 'message_start',
        message: {
          ...head,
          content: [],
          stop_reason: null,
          stop_sequence: null,
          usage: usage(inputTokens, 1),
        },
      }) +
      namedEvent({
        type: 'content_block_start',
        index: 0,
        content_block: { type: 'text', text: '' },
      }) +
      namedEvent({ type: 'ping' }),
    piece: (text) =>
      namedEvent({
        type: 'content_block_delta',
        index: 0,
        delta: { type: 'text_delta', text },
      }),
    end: ({ finish, outputTokens }) =>
      namedEvent({ type: 'content_block_stop', index: 0 }) +
      namedEvent({
        type: 'message_delta',
        delta: { stop_reason: finishes[finish], stop_sequence: null },
        usage: { output_tokens: outputTokens },
      }) +
      namedEvent({ type: 'message_stop' }),
    failure: (message) =>
      namedEvent({ type: 'error', error: { type: 'overloaded_error', message } }),
  };
}

const errors: Readonly<Record<number, readonly [type: string, message: string]>> = {
  429: ['rate_limit_error', "This request would exceed your organization's rate limit."],
  500: ['api_error', 'Internal server error'],
  503: ['api_error', 'Service unavailable'],
  529: ['overloaded_error', 'Overloaded'],
};

const refuse: Dialect['refuse'] = (refusal, detail) => {
  const answer = (status: number, type: string, message: string): Reply => ({
    status,
    headers: { 'request-id': 'req_stand_in' },
    body: { type: 'error', error: { type, message }, request_id: 'req_stand_in' },
  });
  if (refusal === 'key-missing') {
    return answer(401, 'authentication_error', 'x-api-key header is required');
  }
  if (refusal === 'key-wrong') return answer(401, 'authentication_error', 'invalid x-api-key');
  if (refusal === 'no-model') return answer(404, 'not_found_error', `model: ${detail}`);
  const [type, message] = errors[refusal] ?? ['invalid_request_error', 'Invalid request'];
  return answer(refusal, type, detail || message);
};

/** Anthropic's Messages API of version 2023-06-01. */
export const anthropic: Dialect = {
  protocol: 'anthropic',
  route({ method, path, headers }, { models }) {
    const version = headers['anthropic-version'];
    if (method === 'GET' && path === '/v1/models' && version !== undefined) {
      const data = models.map((id) => ({
        type: 'model',
        id,
        display_name: id,
        created_at: '2026-01-01T00:00:00Z',
      }));
      const page = {
        data,
        has_more: false,
        first_id: models[0] ?? null,
        last_id: models.at(-1) ?? null,
      };
      return {
        kind: 'plain',
        endpoint: 'models',
        open: false,
        reply: () => ({ status: 200, body: page }),
      };
    }
    if (method !== 'POST' || path !== '/v1/messages') return null;
    if (version !== undefined) return { kind: 'generate', read };
    const reply = (): Reply => refuse(400, 'anthropic-version: header is required');
    return { kind: 'plain', endpoint: 'messages', open: false, reply };
  },
  keySeen: ({ headers }, { key }) => judgeKey(headers['x-api-key']?.toString() ?? null, key),
  refuse,
  headers: (left, limit) => ({
    'anthropic-ratelimit-requests-limit': String(limit),
    'anthropic-ratelimit-requests-remaining': String(Math.max(0, left)),
    'anthropic-ratelimit-requests-reset': new Date().toISOString(),
  }),
};
