import type { Refusal, Reply } from '../protocol.ts';

const body = (message: string, type: string, code: string | null, param: string | null = null) => ({
  error: { message, type, param, code },
});

/** An error as the OpenAI API words it. */
export function openaiError(refusal: Refusal, detail: string): Reply {
  switch (refusal) {
    case 'key-missing':
      return {
        status: 401,
        body: body(
          "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY).",
          'invalid_request_error',
          null,
        ),
      };
    case 'key-wrong':
      return {
        status: 401,
        body: body('Incorrect API key provided.', 'invalid_request_error', 'invalid_api_key'),
      };
    case 'no-model':
      return {
        status: 404,
        body: body(
          `The model \`${detail}\` does not exist or you do not have access to it.`,
          'invalid_request_error',
          'model_not_found',
        ),
      };
    case 429:
      return {
        status: 429,
        body: body('Rate limit reached for requests.', 'requests', 'rate_limit_exceeded'),
      };
    case 503:
      return {
        status: 503,
        body: body('The server is currently overloaded. Please try again.', 'server_error', null),
      };
    default:
      return {
        status: refusal,
        body:
          refusal < 500
            ? body(detail || 'Invalid request.', 'invalid_request_error', null)
            : body('The server had an error while processing your request.', 'server_error', null),
      };
  }
}

/** The counts that the OpenAI API sends with every answer. */
export function openaiHeaders(left: number, limit: number): Readonly<Record<string, string>> {
  return {
    'x-ratelimit-limit-requests': String(limit),
    'x-ratelimit-remaining-requests': String(Math.max(0, left)),
    'x-ratelimit-reset-requests': left > 0 ? '0s' : '1s',
  };
}
