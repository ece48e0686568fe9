import { cancelled } from '#main/core/abort.ts';
import { OmegaError } from '#shared/error.ts';

const maxChars = 8_192;

/** Keys of a terminal that is read letter by letter. */
const typed: Readonly<Record<string, 'cancel' | 'end' | 'erase'>> = {
  '\u0003': 'cancel',
  '\u0004': 'end',
  '\r': 'end',
  '\n': 'end',
  '\b': 'erase',
  '\u007f': 'erase',
};

/** Where a secret is read from, and where it is asked for. */
export type SecretInput = Pick<
  NodeJS.ReadStream,
  'isTTY' | 'setRawMode' | 'on' | 'off' | 'setEncoding' | 'resume' | 'pause'
>;

/**
 * A secret that is typed without being shown, or all that a pipe gives; never an argument, which a
 * shell's history and the list of processes would keep. Throws `CANCELLED` for Ctrl-C, and
 * `INVALID_INPUT` for what is blank or over 8 KB.
 */
export async function readSecret(
  question: string,
  signal: AbortSignal,
  input: SecretInput = process.stdin,
  output: Pick<NodeJS.WriteStream, 'write'> = process.stderr,
): Promise<string> {
  const isTyped = input.isTTY === true;
  if (isTyped) output.write(question);
  try {
    if (isTyped) input.setRawMode(true);
    const text = (await collect(input, isTyped, signal)).trim();
    if (text === '' || text.length > maxChars) {
      const problem = text === '' ? 'No key was given' : 'What was given is too long for a key';
      throw new OmegaError('INVALID_INPUT', `${problem}; type it, or give it on standard input.`);
    }
    return text;
  } finally {
    if (isTyped) {
      input.setRawMode(false);
      output.write('\n');
    }
  }
}

function collect(input: SecretInput, isTyped: boolean, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const end = (act: () => void): void => {
      input.off('data', onData);
      input.off('end', onEnd);
      input.off('error', onError);
      signal.removeEventListener('abort', onAbort);
      input.pause();
      act();
    };
    const onEnd = (): void => end(() => resolve(text));
    const onError = (error: unknown): void => end(() => reject(error));
    const onAbort = (): void => end(() => reject(cancelled(signal)));
    const onData = (chunk: string): void => {
      for (const letter of chunk) {
        const what = isTyped ? typed[letter] : undefined;
        if (what === 'cancel') onAbort();
        else if (what === 'end') onEnd();
        else if (what === 'erase') text = text.slice(0, -1);
        else text += letter;
        if (what === 'cancel' || what === 'end') return;
      }
      if (text.length > maxChars) onEnd();
    };
    if (signal.aborted) {
      onAbort();
      return;
    }
    signal.addEventListener('abort', onAbort, { once: true });
    input.setEncoding('utf8');
    input.on('data', onData);
    input.on('end', onEnd);
    input.on('error', onError);
    input.resume();
  });
}
