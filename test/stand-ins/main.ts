import { parseArgs } from 'node:util';
import { StandIn } from './server.ts';

// The stand-in as a process of its own: prints its addresses as one line of JSON, ends with its parent's pipe.
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    /** A change of behaviour as JSON. */
    behaviour: { type: 'string', default: '{}' },
    /** Stay when the input ends: for trials by hand. */
    stay: { type: 'boolean', default: false },
  },
});

const standIn = await StandIn.start(JSON.parse(values.behaviour), Number(values.port));
process.stdout.write(`${JSON.stringify({ url: standIn.url, urls: standIn.urls })}\n`);
const stop = (): void => void standIn.close();
process.on('SIGTERM', stop).on('SIGINT', stop);
if (!values.stay) process.stdin.on('end', stop).resume();
