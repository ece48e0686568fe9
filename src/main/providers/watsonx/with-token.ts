import { OmegaError } from '#shared/error.ts';
import type { IamTokens } from './iam-tokens.ts';

/** Does a request with a token; once more with a new one where the first is refused. */
export type WithToken = <T>(
  signal: AbortSignal | null,
  request: (token: string) => Promise<T>,
) => Promise<T>;

/** Requests with the tokens of `tokens`: one may have been withdrawn before its time. */
export function withToken(tokens: IamTokens): WithToken {
  return async (signal, request) => {
    const until = signal ?? new AbortController().signal;
    const token = await tokens.get(until);
    try {
      return await request(token);
    } catch (error) {
      if (!isRefusedToken(error)) throw error;
      tokens.refused(token);
      return request(await tokens.get(until));
    }
  };
}

function isRefusedToken(error: unknown): boolean {
  return error instanceof OmegaError && error.details?.status === 401;
}
