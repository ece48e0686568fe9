import type { ModelRequest } from '#main/providers/provider.ts';
import type { BuiltPrompt } from '../prompts/build-prompt.ts';

/** Whom a prompt is sent to, and how. */
export type Asked = Pick<ModelRequest, 'provider' | 'model' | 'temperature' | 'maxTokens'>;

/** The one request that a prompt is sent as: what looks for its answer makes it by this too. */
export function modelRequest({ system, prompt }: BuiltPrompt, asked: Asked): ModelRequest {
  return { ...asked, system, prompt, images: [], schema: null };
}
