import { maxMessage } from './child-log.ts';

/** A readable stream of text, as far as it is used. */
export type TextStream = {
  setEncoding(encoding: 'utf8'): unknown;
  on(event: 'data', listener: (text: string) => void): unknown;
  on(event: 'end' | 'error', listener: () => void): unknown;
};

/**
 * Reads a stream line by line, always, so that its writer never waits for a reader. What is beyond
 * the 2,000th character of a line is dropped; empty lines are left out.
 */
export function outputLines(stream: TextStream | null, onLine: (line: string) => void): void {
  if (stream === null) return;
  let rest = '';
  const tell = (line: string): void => {
    const text = line.trimEnd();
    if (text !== '') onLine(text.slice(0, maxMessage));
  };
  stream.setEncoding('utf8');
  stream.on('data', (text) => {
    const lines = (rest + text).split('\n');
    rest = (lines.pop() ?? '').slice(0, maxMessage);
    for (const line of lines) tell(line);
  });
  stream.on('end', () => {
    tell(rest);
    rest = '';
  });
  // A broken pipe of a process that ended; its exit is told apart.
  stream.on('error', () => undefined);
}
