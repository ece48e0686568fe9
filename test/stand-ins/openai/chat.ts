import { z } from 'zod';
import { contentSchema, imagesIn, textOf } from '../content.ts';
import { dataEvent, eventStream } from '../events.ts';
import type { Finish, Protocol, Read, Wire } from '../protocol.ts';

const requestSchema = z.object({
  model: z.string(),
  messages: z.array(z.object({ role: z.string(), content: contentSchema.nullish() })).min(1),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().optional() }).nullish(),
  temperature: z.number().nullish(),
  max_tokens: z.int().nullish(),
  max_completion_tokens: z.int().nullish(),
  response_format: z
    .object({
      type: z.string(),
      json_schema: z.object({ schema: z.unknown().optional() }).optional(),
    })
    .nullish(),
});

const finishes = {
  stop: 'stop',
  length: 'length',
  filter: 'content_filter',
} as const satisfies Record<Finish, string>;

const isSystem = (role: string): boolean => role === 'system' || role === 'developer';
let answers = 0;

/** POST /v1/chat/completions. Throws for a body that is not one of it. */
export function readChat(protocol: Protocol, body: unknown): Read {
  const request = requestSchema.parse(body);
  const { model, messages } = request;
  const rest = messages.filter(({ role }) => !isSystem(role));
  return {
    seen: {
      protocol,
      endpoint: 'chat',
      model,
      stream: request.stream ?? false,
      temperature: request.temperature ?? null,
      maxTokens: request.max_completion_tokens ?? request.max_tokens ?? null,
      system: textOf(messages.filter(({ role }) => isSystem(role))),
      prompt: textOf(rest),
      images: imagesIn(rest),
      schema: request.response_format?.json_schema?.schema ?? null,
    },
    wire: chatWire(model, request.stream_options?.include_usage ?? false),
  };
}

function chatWire(model: string, withUsage: boolean): Wire {
  answers += 1;
  const head = { id: `chatcmpl-${answers}`, created: Math.floor(Date.now() / 1_000), model };
  const usage = (input: number, output: number) => ({
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: { cached_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: 0 },
  });
  const chunk = (delta: object, finish: string | null): string =>
    dataEvent({
      ...head,
      object: 'chat.completion.chunk',
      choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
      ...(withUsage ? { usage: null } : {}),
    });
  return {
    type: eventStream,
    frameEnd: '\n\n',
    whole: ({ text, inputTokens, outputTokens, finish }) => ({
      ...head,
      object: 'chat.completion',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: text, refusal: null, annotations: [] },
          logprobs: null,
          finish_reason: finishes[finish],
        },
      ],
      usage: usage(inputTokens, outputTokens),
    }),
    begin: () => chunk({ role: 'assistant', content: '', refusal: null }, null),
    piece: (text) => chunk({ content: text }, null),
    end: ({ finish, inputTokens, outputTokens }) =>
      chunk({}, finishes[finish]) +
      (withUsage
        ? dataEvent({
            ...head,
            object: 'chat.completion.chunk',
            choices: [],
            usage: usage(inputTokens, outputTokens),
          })
        : '') +
      'data: [DONE]\n\n',
    failure: (message) =>
      dataEvent({ error: { message, type: 'server_error', param: null, code: null } }),
  };
}
