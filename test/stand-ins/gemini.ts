import { z } from 'zod';
import { dataEvent } from './events.ts';
import { judgeKey } from './judge-key.ts';
import type { Call, Dialect, Ended, Finish, Read, Reply, Route, Wire } from './protocol.ts';

const partSchema = z.looseObject({
  text: z.string().optional(),
  inlineData: z.unknown().optional(),
});
const contentsSchema = z.object({ role: z.string().optional(), parts: z.array(partSchema) });
const requestSchema = z.object({
  systemInstruction: contentsSchema.optional(),
  contents: z.array(contentsSchema).min(1),
  generationConfig: z
    .object({
      temperature: z.number().optional(),
      maxOutputTokens: z.int().optional(),
      responseSchema: z.unknown().optional(),
      responseJsonSchema: z.unknown().optional(),
    })
    .optional(),
});

const finishes = {
  stop: 'STOP',
  length: 'MAX_TOKENS',
  filter: 'SAFETY',
} as const satisfies Record<Finish, string>;
let answers = 0;

type Contents = z.infer<typeof contentsSchema>;
const textOf = (contents: readonly Contents[]): string =>
  contents.flatMap(({ parts }) => parts.flatMap(({ text }) => text ?? [])).join('\n\n');

function read(model: string, stream: boolean, body: unknown): Read {
  const { contents, systemInstruction, generationConfig: config } = requestSchema.parse(body);
  const parts = contents.flatMap((one) => one.parts);
  return {
    seen: {
      protocol: 'gemini',
      endpoint: stream ? 'streamGenerateContent' : 'generateContent',
      model,
      stream,
      temperature: config?.temperature ?? null,
      maxTokens: config?.maxOutputTokens ?? null,
      system: systemInstruction === undefined ? '' : textOf([systemInstruction]),
      prompt: textOf(contents),
      images: parts.filter(({ inlineData }) => inlineData !== undefined).length,
      schema: config?.responseSchema ?? config?.responseJsonSchema ?? null,
    },
    wire: wire(model),
  };
}

function wire(model: string): Wire {
  answers += 1;
  const responseId = `gemini-${answers}`;
  let input = 0;
  const body = (text: string, finish: Finish | null, output: number | null) => ({
    candidates: [
      {
        content: { parts: text === '' ? [] : [{ text }], role: 'model' },
        ...(finish === null ? {} : { finishReason: finishes[finish] }),
        index: 0,
      },
    ],
    usageMetadata: {
      promptTokenCount: input,
      ...(output === null ? {} : { candidatesTokenCount: output }),
      totalTokenCount: input + (output ?? 0),
    },
    modelVersion: model,
    responseId,
  });
  const whole = ({ text, finish, inputTokens, outputTokens }: Ended) => {
    input = inputTokens;
    return body(text, finish, outputTokens);
  };
  return {
    type: 'text/event-stream',
    frameEnd: '\r\n\r\n',
    whole,
    begin: (inputTokens) => {
      input = inputTokens;
      return '';
    },
    piece: (text) => crlf(body(text, null, null)),
    end: (ended) => crlf(whole({ ...ended, text: '' })),
    failure: (message) => crlf({ error: { code: 503, message, status: 'UNAVAILABLE' } }),
  };
}

/** Google ends the lines of its events with CR and LF. */
const crlf = (data: unknown): string => dataEvent(data).replace('\n\n', '\r\n\r\n');

const statuses: Readonly<Record<number, readonly [status: string, message: string]>> = {
  400: ['INVALID_ARGUMENT', 'Request contains an invalid argument.'],
  429: ['RESOURCE_EXHAUSTED', 'You exceeded your current quota.'],
  500: ['INTERNAL', 'An internal error has occurred.'],
  503: ['UNAVAILABLE', 'The model is overloaded. Please try again later.'],
};

const refuse: Dialect['refuse'] = (refusal, detail) => {
  const answer = (code: number, status: string, message: string, details?: unknown): Reply => ({
    status: code,
    body: { error: { code, message, status, ...(details === undefined ? {} : { details }) } },
  });
  if (refusal === 'key-missing') {
    const message =
      "Method doesn't allow unregistered callers (callers without established identity).";
    return answer(403, 'PERMISSION_DENIED', message);
  }
  if (refusal === 'key-wrong') {
    // Not 401: a key that is not there is an invalid argument to Google.
    return answer(400, 'INVALID_ARGUMENT', 'API key not valid. Please pass a valid API key.', [
      {
        '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
        reason: 'API_KEY_INVALID',
        domain: 'googleapis.com',
      },
    ]);
  }
  if (refusal === 'no-model') {
    return answer(404, 'NOT_FOUND', `models/${detail} is not found for API version v1beta.`);
  }
  const [status, message] = statuses[refusal] ?? ['UNKNOWN', 'Unknown error.'];
  return answer(refusal, status, detail || message);
};

const list = (models: readonly string[]): Reply => ({
  status: 200,
  body: {
    models: models.map((id) => ({
      name: `models/${id}`,
      version: '001',
      displayName: id,
      inputTokenLimit: 1_048_576,
      outputTokenLimit: 65_536,
      supportedGenerationMethods: id.includes('embedding')
        ? ['embedContent']
        : ['generateContent', 'countTokens'],
    })),
  },
});

/** Google's Gemini API, v1beta. */
export const gemini: Dialect = {
  protocol: 'gemini',
  route({ method, path }: Call, { models }): Route | null {
    if (method === 'GET' && path === '/v1beta/models') {
      return { kind: 'plain', endpoint: 'models', open: false, reply: () => list(models) };
    }
    const [, model, verb] = /^\/v1beta\/models\/([^/:]+):(\w+)$/.exec(path) ?? [];
    if (method !== 'POST' || model === undefined) return null;
    if (verb !== 'generateContent' && verb !== 'streamGenerateContent') return null;
    const stream = verb === 'streamGenerateContent';
    return { kind: 'generate', read: (body) => read(decodeURIComponent(model), stream, body) };
  },
  keySeen: ({ headers, query }, { key }) =>
    judgeKey(headers['x-goog-api-key']?.toString() ?? query.get('key'), key),
  refuse,
};
