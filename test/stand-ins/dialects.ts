import { anthropic } from './anthropic.ts';
import { gemini } from './gemini.ts';
import { ollama } from './ollama.ts';
import { compatible, openai } from './openai/dialect.ts';
import type { Dialect } from './protocol.ts';
import { watsonx } from './watsonx.ts';

/** Every protocol, in the order in which an address is looked up. */
export const dialects: readonly Dialect[] = [
  openai,
  compatible,
  ollama,
  anthropic,
  gemini,
  watsonx,
];
