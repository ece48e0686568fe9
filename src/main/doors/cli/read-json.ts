import { addAbortSignal, type Readable } from 'node:stream';
import { cancelled } from '#main/core/abort.ts';
import { OmegaError } from '#shared/error.ts';

const maxChars = 262_144;

/**
 * The JSON of an argument, or of standard input where that is `-`. Throws `INVALID_INPUT` for a text
 * that is none or over 262,144 characters, and `CANCELLED`.
 */
export async function readJson(
  argument: string,
  signal: AbortSignal,
  input: Readable = process.stdin,
): Promise<unknown> {
  const text = argument === '-' ? await readAll(input, signal) : argument;
  if (text.length > maxChars) {
    throw new OmegaError('INVALID_INPUT', `Give at most ${maxChars} characters of JSON.`);
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause);
    throw new OmegaError('INVALID_INPUT', `The input is no JSON: ${said}.`, { cause });
  }
}

async function readAll(input: Readable, signal: AbortSignal): Promise<string> {
  let text = '';
  try {
    for await (const chunk of addAbortSignal(signal, input).setEncoding('utf8')) {
      text += chunk;
      if (text.length > maxChars) break;
    }
  } catch (error) {
    throw signal.aborted ? cancelled(signal) : error;
  }
  return text;
}
