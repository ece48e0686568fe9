import type { IncomingMessage, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import type { Call } from './protocol.ts';
import type { BehaviourChange, StandIn } from './server.ts';

/**
 * What another process can do with a stand-in: `PATCH /stand-in/behaviour` with a change,
 * `GET /stand-in/log`, `DELETE /stand-in/log`, `DELETE /stand-in/tokens`. Trusts its caller.
 */
export async function control(
  standIn: StandIn,
  request: IncomingMessage,
  response: ServerResponse,
  { method, path }: Call,
): Promise<void> {
  let answer: unknown = {};
  switch (`${method} ${path}`) {
    case 'PATCH /stand-in/behaviour':
      standIn.behave((await json(request)) as BehaviourChange);
      break;
    case 'GET /stand-in/log':
      answer = standIn.log.entries;
      break;
    case 'DELETE /stand-in/log':
      standIn.log.clear();
      break;
    case 'DELETE /stand-in/tokens':
      standIn.tokens.revoke();
      break;
    default:
      response.statusCode = 404;
  }
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(answer));
}
