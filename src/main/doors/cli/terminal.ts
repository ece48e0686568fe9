import { styleText } from 'node:util';

type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

/** Where a command writes: results to stdout, all else to stderr. */
export type Terminal = {
  /** A line for people on stdout; left out with `--json`. */
  line(text?: string): void;
  /** A line on stderr. */
  note(text: string): void;
  /** The one JSON document of a command; only with `--json`. */
  json(value: unknown): void;
  /** Colours the text where stdout is a terminal and NO_COLOR is not set. */
  style(style: Style | readonly Style[], text: string): string;
  readonly isJson: boolean;
};

/** Writes to this process's streams; a reader that went away (`| head`) is no error. */
export function processTerminal(isJson: boolean): Terminal {
  for (const stream of [process.stdout, process.stderr]) {
    if (stream.listenerCount('error') === 0) stream.on('error', () => undefined);
  }
  return {
    isJson,
    line: (text = '') => {
      if (!isJson) process.stdout.write(`${text}\n`);
    },
    note: (text) => void process.stderr.write(`${text}\n`),
    json: (value) => {
      if (isJson) process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
    },
    style: (style, text) => styleText(style as Style | Style[], text, { stream: process.stdout }),
  };
}

/** Makes text from files and their names safe to print: control characters are shown, not obeyed. */
export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is for
  return text.replace(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f]/g, (character) => {
    const code = character.charCodeAt(0).toString(16).padStart(2, '0');
    return character === '\n' ? '\\n' : `\\x${code}`;
  });
}
