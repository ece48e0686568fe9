import { styleText } from 'node:util';
import { fileError, systemCode } from '#main/core/file-error.ts';

type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

/** Where a command writes: results to stdout, all else to stderr. */
export type Terminal = {
  /** A line for people on stdout; left out with `--json`. */
  line(text?: string): void;
  /** A line on stderr. */
  note(text: string): void;
  /** The one JSON document of a command; only with `--json`. */
  json(value: unknown): void;
  /** One JSON document of a stream of them, on a line of its own; only with `--json`. */
  jsonLine(value: unknown): void;
  /** Waits until stdout took everything. Throws `NO_SPACE` or `NOT_WRITABLE` where some of it was lost. */
  flush(): Promise<void>;
  /** Colours the text where stdout is a terminal and NO_COLOR is not set. */
  style(style: Style | readonly Style[], text: string): string;
  readonly isJson: boolean;
};

/** Writes to this process's streams; a reader that went away (`| head`) is no error, a full disk is. */
export function processTerminal(isJson: boolean): Terminal {
  let lost: unknown = null;
  process.stderr.on('error', () => undefined);
  process.stdout.on('error', (error) => {
    if (systemCode(error) !== 'EPIPE') lost = error;
  });
  return {
    isJson,
    line: (text = '') => {
      if (!isJson) process.stdout.write(`${text}\n`);
    },
    note: (text) => void process.stderr.write(`${text}\n`),
    json: (value) => {
      if (isJson) process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
    },
    jsonLine: (value) => {
      if (isJson) process.stdout.write(`${JSON.stringify(value)}\n`);
    },
    flush: async () => {
      await new Promise<void>((done) => process.stdout.write('', () => done()));
      // The stream tells of its error a tick after the write.
      await new Promise((done) => setImmediate(done));
      if (lost !== null) throw fileError(lost, 'standard output', 'write');
    },
    style: (style, text) => styleText(style as Style | Style[], text, { stream: process.stdout }),
  };
}

/**
 * Makes text from files and their names safe to print: control characters, and those that turn the
 * direction of writing, are shown, not obeyed.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu, (character) => {
    if (character === '\t') return character;
    if (character === '\n') return '\\n';
    const code = character.charCodeAt(0).toString(16);
    return code.length > 2 ? `\\u${code}` : `\\x${code.padStart(2, '0')}`;
  });
}
