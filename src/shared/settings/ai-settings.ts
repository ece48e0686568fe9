import { z } from 'zod';
import { ensemblePresets, makers, modelProviders } from '../providers.ts';

const url = (standard: string, what: string) =>
  z
    .union([z.literal(''), z.url({ protocol: /^https?$/ }).max(2048)])
    .default(standard)
    .describe(what);
const model = (of: string) =>
  z
    .string()
    .trim()
    .max(200)
    .default('')
    .describe(`Model of ${of}; blank takes the first that it offers.`);

/** What makes the files, and how models are asked. */
export const providersSettings = z.object({
  use: z
    .enum(makers)
    .default('blueprint')
    .describe('What makes the files: the blueprints of this app, or a model of a provider.'),
  fallbacks: z
    .array(z.enum(modelProviders))
    .default([])
    .describe('Providers that are asked, in this order, where the first does not answer.'),
  ensemble: z
    .enum(ensemblePresets)
    .default('off')
    .describe('Asks several times and keeps the best answer, judged by the validators.'),
  members: z
    .array(z.enum(modelProviders))
    .default([])
    .describe('Providers of an ensemble; none means the one in use and its fallbacks.'),
  temperature: z
    .number()
    .min(0)
    .max(2)
    .default(0.2)
    .describe('How freely a model writes: 0 is the most predictable.'),
  maxTokens: z
    .int()
    .min(64)
    .max(200_000)
    .default(8000)
    .describe('Most tokens that one answer may have.'),
  contextTokens: z
    .int()
    .min(500)
    .max(1_000_000)
    .default(12_000)
    .describe('Most tokens of source and facts that one request carries.'),
  repairRounds: z
    .int()
    .min(0)
    .max(2)
    .default(2)
    .describe('How often findings go back to the model before the best attempt is shown.'),
  ollamaUrl: url('http://127.0.0.1:11434', 'Address of Ollama.'),
  ollamaModel: model('Ollama'),
  openaiUrl: url('https://api.openai.com/v1', 'Address of OpenAI.'),
  openaiModel: model('OpenAI'),
  compatibleUrl: url(
    '',
    'Address of an OpenAI-compatible server (LM Studio, vLLM, llama.cpp, OpenRouter), with its /v1.',
  ),
  compatibleModel: model('the OpenAI-compatible server'),
  anthropicUrl: url('https://api.anthropic.com/v1', 'Address of Anthropic.'),
  anthropicModel: model('Anthropic'),
  geminiUrl: url('https://generativelanguage.googleapis.com/v1beta', 'Address of Google Gemini.'),
  geminiModel: model('Google Gemini'),
  watsonxUrl: url('https://us-south.ml.cloud.ibm.com', 'Address of IBM watsonx.'),
  watsonxIamUrl: url('https://iam.cloud.ibm.com', 'Address where IBM gives tokens for a key.'),
  watsonxProject: z
    .string()
    .trim()
    .max(200)
    .default('')
    .describe('Id of the watsonx project that requests are counted to.'),
  watsonxModel: model('IBM watsonx'),
});

/** How several items of a run are put into one request. */
export const batchSettings = z.object({
  enabled: z
    .boolean()
    .default(false)
    .describe('Puts several files of a project into one request, with one context.'),
  size: z.int().min(1).max(50).default(5).describe('Most files in one such request.'),
});

/** How answers of models are kept. */
export const cacheSettings = z.object({
  enabled: z
    .boolean()
    .default(true)
    .describe('Answers the same request to a model from what is kept.'),
  ttlHours: z
    .number()
    .min(0.001)
    .max(8760)
    .default(168)
    .describe('How long an answer is kept, in hours.'),
  maxMb: z
    .number()
    .min(0.01)
    .max(100_000)
    .default(256)
    .describe('Most that is kept on disk, in MB.'),
  memoryMb: z
    .number()
    .min(0)
    .max(10_000)
    .default(32)
    .describe('Most of it that is kept in memory too, in MB.'),
});

/** What may be spent. */
export const budgetSettings = z.object({
  runUsd: z
    .number()
    .min(0)
    .max(100_000)
    .default(0)
    .describe('US dollars after which a run pauses; 0 is no limit.'),
  runTokens: z
    .int()
    .min(0)
    .max(1_000_000_000)
    .default(0)
    .describe('Tokens after which a run pauses; 0 is no limit.'),
});
