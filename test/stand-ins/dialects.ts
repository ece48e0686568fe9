import { ollama } from './ollama.ts';
import { compatible, openai } from './openai/dialect.ts';
import type { Dialect } from './protocol.ts';

/** Every protocol, in the order in which an address is looked up. */
export const dialects: readonly Dialect[] = [openai, compatible, ollama];
