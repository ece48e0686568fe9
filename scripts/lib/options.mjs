import { parseArgs } from 'node:util';
import { Stop } from './stop.mjs';

export const startUsage = `Usage: npm start [-- options]

Installs and builds what is missing, then opens Omega Studio in a window, or in the browser where
no window can be had.

  --port P    serve the browser door on this port (0: any free one); implies the browser door
  --no-open   serve the browser door and open no browser (servers)
  --help      show this`;

/** @typedef {{help: boolean, open: boolean, port: number | null}} StartOptions */

/**
 * Parses the options of `npm start`.
 * @param {readonly string[]} args
 * @returns {StartOptions}
 * @throws {Stop} with exit code 2 on anything unknown
 */
export function parseStart(args) {
  const { values } = parse(args);
  return {
    help: values.help === true,
    open: values['no-open'] !== true,
    port: values.port === undefined ? null : parsePort(values.port),
  };
}

/** @param {readonly string[]} args */
function parse(args) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        'no-open': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new Stop(`${/** @type {Error} */ (error).message}\n\n${startUsage}`, 2);
  }
}

/** @param {string} text */
function parsePort(text) {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new Stop(`--port takes a number from 0 to 65535, not "${text}".`, 2);
}
