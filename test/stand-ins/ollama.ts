import { z } from 'zod';
import type { Dialect, Finish, Reply, Route, SeenRequest, Wire } from './protocol.ts';

const options = z
  .object({ temperature: z.number().optional(), num_predict: z.int().optional() })
  .optional();
const common = {
  model: z.string(),
  stream: z.boolean().default(true),
  format: z.unknown().optional(),
  options,
};
const images = z.array(z.string()).nullish();
const chatSchema = z.object({
  ...common,
  messages: z.array(z.object({ role: z.string(), content: z.string(), images })).default([]),
});
const generateSchema = z.object({
  ...common,
  prompt: z.string().default(''),
  system: z.string().default(''),
  images,
});
const namedSchema = z.union([
  z.object({ model: z.string() }).transform(({ model }) => model),
  z.object({ name: z.string() }).transform(({ name }) => name),
]);

/** `name` means `name:latest`. */
const full = (model: string): string => (model.includes(':') ? model : `${model}:latest`);
const finishes = { stop: 'stop', length: 'length', filter: 'stop' } as const satisfies Record<
  Finish,
  string
>;
const nanoseconds = (ms: number): number => Math.round(ms * 1e6);

function wire(model: string, say: (text: string) => object): Wire {
  const began = performance.now();
  const line = (fields: object): string =>
    `${JSON.stringify({ model, created_at: new Date().toISOString(), ...fields })}\n`;
  const last = (finish: Finish, input: number, output: number) => {
    const total = nanoseconds(performance.now() - began);
    return {
      done: true,
      done_reason: finishes[finish],
      total_duration: total,
      load_duration: 0,
      prompt_eval_count: input,
      prompt_eval_duration: 0,
      eval_count: output,
      eval_duration: total,
    };
  };
  return {
    type: 'application/x-ndjson',
    frameEnd: '\n',
    whole: ({ text, finish, inputTokens, outputTokens }) => ({
      model,
      created_at: new Date().toISOString(),
      ...say(text),
      ...last(finish, inputTokens, outputTokens),
    }),
    begin: () => '',
    piece: (text) => line({ ...say(text), done: false }),
    end: ({ finish, inputTokens, outputTokens }) =>
      line({ ...say(''), ...last(finish, inputTokens, outputTokens) }),
    failure: (message) => `${JSON.stringify({ error: message })}\n`,
  };
}

function seenOf(
  endpoint: string,
  request: Pick<z.infer<typeof generateSchema>, 'model' | 'stream' | 'format' | 'options'>,
  texts: Pick<SeenRequest, 'system' | 'prompt' | 'images'>,
): SeenRequest {
  return {
    protocol: 'ollama',
    endpoint,
    model: full(request.model),
    stream: request.stream,
    temperature: request.options?.temperature ?? null,
    maxTokens: request.options?.num_predict ?? null,
    schema: request.format ?? null,
    ...texts,
  };
}

function readChat(body: unknown) {
  const request = chatSchema.parse(body);
  const rest = request.messages.filter(({ role }) => role !== 'system');
  const join = (messages: typeof rest): string =>
    messages.map(({ content }) => content).join('\n\n');
  const seen = seenOf('chat', request, {
    system: join(request.messages.filter(({ role }) => role === 'system')),
    prompt: join(rest),
    images: rest.reduce((sum, message) => sum + (message.images?.length ?? 0), 0),
  });
  return {
    seen,
    wire: wire(request.model, (content) => ({ message: { role: 'assistant', content } })),
  };
}

function readGenerate(body: unknown) {
  const request = generateSchema.parse(body);
  const seen = seenOf('generate', request, {
    system: request.system,
    prompt: request.prompt,
    images: request.images?.length ?? 0,
  });
  return { seen, wire: wire(request.model, (response) => ({ response })) };
}

const details = (model: string) => ({
  parent_model: '',
  format: 'gguf',
  family: /embed/.test(model) ? 'nomic-bert' : 'llama',
  families: [/embed/.test(model) ? 'nomic-bert' : 'llama'],
  parameter_size: '7.6B',
  quantization_level: 'Q4_K_M',
});

function tags(models: readonly string[]): Reply {
  const rows = models.map((name) => ({
    name,
    model: name,
    modified_at: '2026-01-01T00:00:00Z',
    size: 4_683_087_332,
    digest: 'a'.repeat(64),
    details: details(name),
  }));
  return { status: 200, body: { models: rows } };
}

function show(body: string, models: readonly string[]): Reply {
  const model = namedSchema.safeParse(JSON.parse(body || '{}'));
  if (!model.success) return { status: 400, body: { error: 'model is required' } };
  if (!models.includes(full(model.data))) return refuse('no-model', model.data);
  const { family } = details(model.data);
  return {
    status: 200,
    body: {
      modelfile: `FROM ${model.data}`,
      parameters: 'stop "<|im_end|>"',
      template: '{{ .Prompt }}',
      details: details(model.data),
      model_info: { 'general.architecture': family, [`${family}.context_length`]: 32_768 },
      capabilities: family === 'llama' ? ['completion', 'tools'] : ['embedding'],
      modified_at: '2026-01-01T00:00:00Z',
    },
  };
}

const refuse: Dialect['refuse'] = (refusal, detail) => {
  if (refusal === 'no-model') {
    return { status: 404, body: { error: `model '${detail.replace(/:latest$/, '')}' not found` } };
  }
  if (typeof refusal === 'string') return { status: 401, body: { error: 'unauthorized' } };
  const message =
    refusal === 503 ? 'server busy, please try again.  maximum pending requests exceeded' : detail;
  return { status: refusal, body: { error: message || `status ${refusal}` } };
};

/** Ollama's own API, of version 0.12. It asks for no key. */
export const ollama: Dialect = {
  protocol: 'ollama',
  route({ method, path }, { models }): Route | null {
    const plain = (endpoint: string, reply: (body: string) => Reply): Route => ({
      kind: 'plain',
      endpoint,
      open: true,
      reply,
    });
    switch (`${method} ${path}`) {
      case 'GET /api/tags':
        return plain('tags', () => tags(models));
      case 'GET /api/version':
        return plain('version', () => ({ status: 200, body: { version: '0.12.6' } }));
      case 'POST /api/show':
        return plain('show', (body) => show(body, models));
      case 'POST /api/chat':
        return { kind: 'generate', read: readChat };
      case 'POST /api/generate':
        return { kind: 'generate', read: readGenerate };
      default:
        return null;
    }
  },
  keySeen: () => 'not-needed',
  refuse,
};
