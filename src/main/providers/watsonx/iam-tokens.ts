import { z } from 'zod';
import { steadyNow } from '#main/core/clock.ts';
import { untilAborted } from '#main/core/until-aborted.ts';
import type { AdapterParts } from '../adapters/adapter.ts';
import { unreadable } from '../provider-errors.ts';

const exchangeTimeoutMs = 20_000;
/** A token is renewed in the last tenth of its life, at most so long before its end. */
const earlyMs = 300_000;

const tokenSchema = z.object({
  access_token: z.string().min(1).max(16_384),
  expires_in: z
    .number()
    .positive()
    .max(86_400 * 7),
});

type Token = { readonly text: string; readonly renewAt: number; readonly endsAt: number };

/**
 * Tokens of IBM Cloud's IAM for one key: one is kept until shortly before its end, then renewed while
 * it still serves; however many calls wait, one exchange is under way at a time.
 */
export class IamTokens {
  readonly #parts: AdapterParts;
  #token: Token | null = null;
  #exchange: Promise<Token> | null = null;

  /** `parts.endpoint` is that of IAM. */
  constructor(parts: AdapterParts) {
    this.#parts = parts;
  }

  /** A token that is good now. Throws `UNAUTHORIZED` for a wrong key, else as `endpointFetch`. */
  async get(signal: AbortSignal): Promise<string> {
    const now = steadyNow();
    const token = this.#token;
    if (token && now < token.endsAt) {
      // What goes wrong with a renewal is told when the old token ends.
      if (now >= token.renewAt) this.#renew().catch(() => undefined);
      return token.text;
    }
    return (await untilAborted(this.#renew(), signal)).text;
  }

  /** Forgets a token that was refused, unless another has taken its place. */
  refused(text: string): void {
    if (this.#token?.text === text) this.#token = null;
  }

  #renew(): Promise<Token> {
    this.#exchange ??= this.#ask()
      .then((token) => {
        if (this.#token) this.#parts.secrets.delete(this.#token.text);
        this.#parts.secrets.add(token.text);
        this.#token = token;
        return token;
      })
      .finally(() => {
        this.#exchange = null;
      });
    return this.#exchange;
  }

  async #ask(): Promise<Token> {
    const { endpoint, key, fetch } = this.#parts;
    const grant = 'urn:ibm:params:oauth:grant-type:apikey';
    const answer = await fetch(`${endpoint.url}/identity/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: new URLSearchParams({ grant_type: grant, apikey: key ?? '' }).toString(),
      // Many calls may wait for it: none of them ends it.
      signal: AbortSignal.timeout(exchangeTimeoutMs),
    });
    const parsed = tokenSchema.safeParse(await answer.json().catch(() => null));
    if (!parsed.success) throw unreadable(endpoint, 'there is no access token in it');
    const { access_token: text, expires_in: seconds } = parsed.data;
    const [now, lifeMs] = [steadyNow(), seconds * 1000];
    return { text, endsAt: now + lifeMs, renewAt: now + lifeMs - Math.min(earlyMs, lifeMs / 10) };
  }
}
