import type { LanguageModelV4Prompt } from '@ai-sdk/provider';
import { UnsupportedFunctionalityError } from '@ai-sdk/provider';

/** An image as base64, with its type. */
export type InlineImage = { readonly mediaType: string; readonly base64: string };

/** A message as this app writes them: texts, and images beside those of the user. */
export type PlainMessage = {
  readonly role: 'system' | 'user' | 'assistant';
  readonly text: string;
  readonly images: readonly InlineImage[];
};

/** The messages of a prompt in their plain form; throws for what only tools need. */
export function plainMessages(prompt: LanguageModelV4Prompt): readonly PlainMessage[] {
  return prompt.map((message) => {
    if (message.role === 'system') return { role: 'system', text: message.content, images: [] };
    if (message.role === 'tool') throw unsupported('tools');
    const texts: string[] = [];
    const images: InlineImage[] = [];
    for (const part of message.content) {
      if (part.type === 'text') texts.push(part.text);
      else if (part.type === 'file' && part.data.type === 'data') {
        const { data } = part.data;
        const base64 = typeof data === 'string' ? data : Buffer.from(data).toString('base64');
        images.push({ mediaType: part.mediaType, base64 });
      } else throw unsupported(part.type);
    }
    return { role: message.role, text: texts.join(''), images };
  });
}

function unsupported(functionality: string): UnsupportedFunctionalityError {
  return new UnsupportedFunctionalityError({ functionality });
}
