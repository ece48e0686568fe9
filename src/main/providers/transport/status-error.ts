import { type ErrorCode, OmegaError } from '#shared/error.ts';
import type { Endpoint } from './endpoint.ts';
import { errorExcerpt, isPage } from './error-text.ts';
import { type ReadHeader, retryAfterMs } from './retry-after.ts';

/** An answer that says that it is an error. */
export type FailedAnswer = {
  readonly status: number;
  readonly header: ReadHeader;
  readonly body: string;
};

const passing = new Set([408, 409, 425, 429]);
/** What providers call a wrong key where they do not answer with 401. */
const wrongKey =
  /API_KEY_INVALID|API key (?:not valid|expired|not found)|BXNIM0415E|invalid_api_key/;
const noModel = /model_not_found|model_not_supported/;
/** An account without money is not helped by waiting. */
const noCredit = /insufficient_quota|credit balance is too low|billing_not_active/;

/** The error of an answer with a status that is not 2xx, with what the provider says about it. */
export function statusError(
  endpoint: Endpoint,
  answer: FailedAnswer,
  now = Date.now(),
): OmegaError {
  const { status, body, header } = answer;
  const { code, says, retryable } = judge(endpoint, answer);
  const page = isPage(header('content-type'), body);
  const excerpt = page ? '' : errorExcerpt(body, endpoint.secrets());
  const wait = retryable ? retryAfterMs(header, now) : null;
  const details = { status, ...(wait === null ? {} : { retryAfterMs: wait }) };
  const quoted = excerpt === '' ? '' : ` It says: ${excerpt}`;
  return new OmegaError(code, `${says}${quoted}`, { retryable, details });
}

type Judgement = { readonly code: ErrorCode; readonly says: string; readonly retryable: boolean };

function judge(endpoint: Endpoint, { status, header, body }: FailedAnswer): Judgement {
  const { id, name } = endpoint;
  const final = (code: ErrorCode, says: string) => ({ code, says, retryable: false });
  const page = isPage(header('content-type'), body);
  if (status === 401 || status === 403 || (status === 400 && wrongKey.test(body))) {
    const next = `set another key (\`omega keys set ${id}\`) or check what it may do`;
    return final('UNAUTHORIZED', `${name} refuses the key (${status}); ${next}.`);
  }
  if (status === 402 || noCredit.test(body)) {
    return final(
      'UNAVAILABLE',
      `The account at ${name} has no credit left (${status}); add some or choose another provider.`,
    );
  }
  if (status >= 500 || passing.has(status)) {
    const why = status === 429 ? 'takes no more requests for now' : 'cannot answer now';
    return {
      code: 'UNAVAILABLE',
      says: `${name} ${why} (${status}); try again later.`,
      retryable: true,
    };
  }
  if (page || status === 405)
    return final('UNAVAILABLE', noLlm(endpoint, `answers with ${status}`));
  if (status >= 300 && status < 400) {
    const next = `set ${endpoint.urlKey} to the address that it moved to`;
    return final(
      'UNAVAILABLE',
      `${endpoint.origin} sends requests elsewhere (${status}); ${next}.`,
    );
  }
  if (status === 404 || noModel.test(body)) {
    const next = `check the model (\`omega providers models ${id}\`) and ${endpoint.urlKey}`;
    return final('NOT_FOUND', `${name} has no such model or address (${status}); ${next}.`);
  }
  return final('INVALID_INPUT', `${name} refuses the request (${status}).`);
}

/** Says that an address is not that of an LLM. */
export function noLlm({ origin, name, urlKey }: Endpoint, what: string): string {
  return `${origin} is not an LLM API: it ${what}, not as ${name} would; check ${urlKey}.`;
}
