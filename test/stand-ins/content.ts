import { z } from 'zod';

/** The content of a message: a text, or parts of which some are texts. */
export const contentSchema = z.union([
  z.string(),
  z.array(z.looseObject({ type: z.string(), text: z.string().optional() })),
]);

type Message = { readonly content?: z.infer<typeof contentSchema> | null | undefined };

/** The texts of messages, one after another. */
export function textOf(messages: readonly Message[]): string {
  return messages
    .flatMap(({ content }) =>
      typeof content === 'string' ? [content] : (content ?? []).map(({ text }) => text ?? ''),
    )
    .filter((text) => text !== '')
    .join('\n\n');
}

/** How many images messages carry. */
export function imagesIn(messages: readonly Message[]): number {
  return messages
    .flatMap(({ content }) => (Array.isArray(content) ? content : []))
    .filter(({ type }) => type.includes('image')).length;
}
