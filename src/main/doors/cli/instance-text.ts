import { printable } from './terminal.ts';

/** Which running app told something of itself, and when. */
export function instanceText(app: {
  readonly door: string;
  readonly pid: number;
  readonly at: number;
}): string {
  return `The ${printable(app.door)} app, process ${app.pid}, as of ${new Date(app.at).toISOString()}`;
}
