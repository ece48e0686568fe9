import { z } from 'zod';
import { contentSchema, imagesIn, textOf } from '../content.ts';
import { eventStream, namedEvent } from '../events.ts';
import type { Ended, Read, Wire } from '../protocol.ts';

const requestSchema = z.object({
  model: z.string(),
  input: z.union([
    z.string(),
    z.array(z.looseObject({ role: z.string().optional(), content: contentSchema.optional() })),
  ]),
  instructions: z.string().nullish(),
  stream: z.boolean().nullish(),
  temperature: z.number().nullish(),
  max_output_tokens: z.int().nullish(),
  text: z.object({ format: z.object({ schema: z.unknown().optional() }).optional() }).nullish(),
});

const isSystem = ({ role }: { readonly role?: string | undefined }): boolean =>
  role === 'system' || role === 'developer';
let answers = 0;

/** POST /v1/responses. Throws for a body that is not one of it. */
export function readResponses(body: unknown): Read {
  const request = requestSchema.parse(body);
  const items =
    typeof request.input === 'string' ? [{ role: 'user', content: request.input }] : request.input;
  const rest = items.filter((item) => !isSystem(item));
  const instructions = { content: request.instructions ?? '' };
  return {
    seen: {
      protocol: 'openai',
      endpoint: 'responses',
      model: request.model,
      stream: request.stream ?? false,
      temperature: request.temperature ?? null,
      maxTokens: request.max_output_tokens ?? null,
      system: textOf([instructions, ...items.filter(isSystem)]),
      prompt: textOf(rest),
      images: imagesIn(rest),
      schema: request.text?.format?.schema ?? null,
    },
    wire: responsesWire(request.model),
  };
}

function responsesWire(model: string): Wire {
  answers += 1;
  const id = `resp_${answers}`;
  const item = { id: `msg_${answers}`, type: 'message', role: 'assistant' };
  const created = Math.floor(Date.now() / 1_000);
  let sequence = 0;
  const event = (type: string, data: object): string => {
    sequence += 1;
    return namedEvent({ type, sequence_number: sequence - 1, ...data });
  };
  const part = (text: string) => ({ type: 'output_text', text, annotations: [], logprobs: [] });
  const response = (status: string, more: object) => ({
    id,
    object: 'response',
    created_at: created,
    model,
    status,
    error: null,
    incomplete_details: null,
    output: [],
    usage: null,
    ...more,
  });
  const message = (ended: Ended) => ({
    ...item,
    status: ended.finish === 'stop' ? 'completed' : 'incomplete',
    content: [part(ended.text)],
  });
  const whole = (ended: Ended) => {
    const { finish, inputTokens, outputTokens } = ended;
    const reason = finish === 'length' ? 'max_output_tokens' : 'content_filter';
    return response(finish === 'stop' ? 'completed' : 'incomplete', {
      incomplete_details: finish === 'stop' ? null : { reason },
      output: [message(ended)],
      usage: {
        input_tokens: inputTokens,
        input_tokens_details: { cached_tokens: 0 },
        output_tokens: outputTokens,
        output_tokens_details: { reasoning_tokens: 0 },
        total_tokens: inputTokens + outputTokens,
      },
    });
  };
  const place = { item_id: item.id, output_index: 0, content_index: 0 };
  return {
    type: eventStream,
    frameEnd: '\n\n',
    whole,
    begin: () =>
      event('response.created', { response: response('in_progress', {}) }) +
      event('response.in_progress', { response: response('in_progress', {}) }) +
      event('response.output_item.added', {
        output_index: 0,
        item: { ...item, status: 'in_progress', content: [] },
      }) +
      event('response.content_part.added', { ...place, part: part('') }),
    piece: (delta) => event('response.output_text.delta', { ...place, delta, logprobs: [] }),
    end: (ended) =>
      event('response.output_text.done', { ...place, text: ended.text, logprobs: [] }) +
      event('response.content_part.done', { ...place, part: part(ended.text) }) +
      event('response.output_item.done', { output_index: 0, item: message(ended) }) +
      event(ended.finish === 'stop' ? 'response.completed' : 'response.incomplete', {
        response: whole(ended),
      }),
    failure: (text) =>
      event('response.failed', {
        response: response('failed', { error: { code: 'server_error', message: text } }),
      }),
  };
}
