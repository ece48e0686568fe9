/** How a 429 says when to ask again. */
export type RetryAfterForm = 'seconds' | 'date' | 'ms-header' | 'none';

/**
 * What goes wrong with one request. Those that are told by their status are answered at once, the
 * others after the server's latency. `afterBytes` counts the body; 0 is before the answer's head.
 */
export type Fault =
  /** 429. Seconds and dates are whole seconds, rounded up. */
  | {
      readonly kind: 'rate-limit';
      readonly retryAfterMs?: number;
      readonly as?: RetryAfterForm;
    }
  /** An error with the provider's own body for that status. */
  | { readonly kind: 'status'; readonly status: number }
  /** Nothing more comes, and the connection stays open. */
  | { readonly kind: 'stall'; readonly afterBytes: number }
  | { readonly kind: 'cut'; readonly afterBytes: number }
  /** A complete HTTP answer with half of its JSON. */
  | { readonly kind: 'half-json' }
  /** The page of something that is no LLM, with status 200. */
  | { readonly kind: 'html' }
  /** The right body under `text/plain`. */
  | { readonly kind: 'content-type' }
  /** A line in the stream that is no JSON. */
  | { readonly kind: 'malformed-stream' }
  /** The provider's own error event in the stream, after half of the text. */
  | { readonly kind: 'error-in-stream' }
  /** The answer over and over, until that many bytes of it were written. */
  | { readonly kind: 'endless'; readonly bytes: number }
  | { readonly kind: 'empty' }
  /** Half of the text, ended as by the limit of tokens or by the filter. */
  | { readonly kind: 'length' }
  | { readonly kind: 'filter' };

/** Which requests go wrong. A `null` in the script lets one request pass. */
export type FaultPlan = {
  /** Every request to every address, the lists of models and the tokens among them. */
  readonly everywhere: Fault | null;
  /** The next requests for text, in the order of their arrival; before the shares. */
  readonly script: readonly (Fault | null)[];
  /** Of all requests for text, that share each; together at most 1. */
  readonly shares: readonly { readonly share: number; readonly fault: Fault }[];
};

/** Nothing goes wrong. */
export const noFaults: FaultPlan = { everywhere: null, script: [], shares: [] };
