import { OmegaError } from '#shared/error.ts';

/** Most characters of text that one answer may have. */
export const maxAnswerChars = 8_000_000;
/** Most bytes of a body that comes in one piece: the text, escaped as JSON, and what is around it. */
export const maxBodyBytes = 16_000_000;
/** Most bytes of a stream: 200,000 tokens with an event of 400 bytes around each. */
export const maxStreamBytes = 80_000_000;
/** Most bytes of one line of a stream, which has to be held until it ends. */
export const maxLineBytes = 16_000_000;
/** Most bytes that are read of the body of an error. */
export const maxErrorBytes = 64_000;

/** The error of an answer that is larger than what is read. */
export function tooLarge(name: string): OmegaError {
  return new OmegaError(
    'REFUSED',
    `The answer of ${name} is over ${maxAnswerChars / 1e6} MB and was cut off; lower providers.maxTokens or take another model.`,
  );
}
