/** How a guard treats its calls. Times in ms. */
export type GuardPolicy = {
  /** Attempts after the first, about how long the first wait is, and the longest. */
  readonly retry: {
    readonly maxRetries: number;
    readonly initialDelayMs: number;
    readonly maxDelayMs: number;
    /** Retries allowed for each call made, over time; a share, 0.1 is one in ten. */
    readonly budgetRatio: number;
  };
  /** The share of failures within the window that opens the breaker, and how long it rests then. */
  readonly breaker: {
    readonly failureShare: number;
    readonly windowMs: number;
    /** Calls a second below which the share says nothing. */
    readonly minimumRps: number;
    readonly restMs: number;
    /** Calls tried when the rest is over, and the share of them that may fail. */
    readonly halfOpenCalls: number;
  };
  /** Time of one attempt. */
  readonly timeoutMs: number;
  /** Calls at once, and calls that may wait for one of them to end. */
  readonly concurrency: number;
  readonly queue: number;
};
