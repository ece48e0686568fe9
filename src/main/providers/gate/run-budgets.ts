import type { Live } from '#main/core/live.ts';
import { untilAborted } from '#main/core/until-aborted.ts';
import { formatUsd } from '#shared/amounts.ts';
import type { Config } from '#shared/config.ts';
import { OmegaError } from '#shared/error.ts';

/** What calls took or may take; US dollars, null where the price is unknown. */
export type Spending = { readonly usd: number | null; readonly tokens: number };

/** What a run may spend and has spent before, in an earlier life of the app. */
export type RunBudget = {
  /** US dollars; 0 is no limit, null as it is set. */
  readonly usd: number | null;
  readonly spentUsd?: number;
  readonly spentTokens?: number;
};

/** Room in a budget that a call holds until it has ended. */
export type Reservation = {
  /** Puts what the call really took in the place of what was reserved. */
  readonly settle: (spent: Spending) => void;
  /** Gives the room back: the call came to nothing. After `settle` it does nothing. */
  readonly release: () => void;
};

type Ledger = {
  own: number | null;
  usd: number;
  tokens: number;
  calls: number;
  readonly reserved: Set<Spending>;
  readonly waiting: Set<() => void>;
};

/**
 * What each run has spent, and whether it may spend more. A call reserves what a call of this run
 * takes on average, the first what it may take at most; one for which there is no room waits for
 * those in flight to end. So a run passes its budget by what is in flight at most.
 */
export class RunBudgets {
  readonly #settings: Live<Config['budget']>;
  readonly #ledgers = new Map<string, Ledger>();

  constructor(settings: Live<Config['budget']>) {
    this.#settings = settings;
    settings.listen(() => {
      for (const ledger of this.#ledgers.values()) wake(ledger);
    });
  }

  /** Sets a run's own budget and what it has spent; for a run that is known, a new budget alone. */
  begin(runId: string, { usd, spentUsd = 0, spentTokens = 0 }: RunBudget): void {
    const known = this.#ledgers.get(runId);
    const ledger = known ?? newLedger(spentUsd, spentTokens);
    ledger.own = usd;
    this.#ledgers.set(runId, ledger);
    wake(ledger);
  }

  /** What a run has spent; calls whose price is unknown are not in the dollars. */
  spent(runId: string): { readonly usd: number; readonly tokens: number } {
    const { usd, tokens } = this.#ledgers.get(runId) ?? { usd: 0, tokens: 0 };
    return { usd, tokens };
  }

  /** Forgets a run that has ended. */
  end(runId: string): void {
    this.#ledgers.delete(runId);
  }

  /**
   * Reserves room for a call that takes so much at most. Throws `REFUSED` with `details.budget`
   * where the run has none left, and `CANCELLED`.
   */
  async reserve(runId: string, most: Spending, signal: AbortSignal): Promise<Reservation> {
    const ledger = this.#ledgers.get(runId) ?? newLedger(0, 0);
    this.#ledgers.set(runId, ledger);
    let share = this.#share(ledger, most);
    for (this.#admit(ledger); !this.#fits(ledger, share); this.#admit(ledger)) {
      let heard = (): void => undefined;
      const change = new Promise<void>((resolve) => (heard = resolve));
      ledger.waiting.add(heard);
      await untilAborted(change, signal).finally(() => ledger.waiting.delete(heard));
      share = this.#share(ledger, most);
    }
    const held = share;
    ledger.reserved.add(held);
    const release = (): void => {
      if (ledger.reserved.delete(held)) wake(ledger);
    };
    const settle = ({ usd, tokens }: Spending): void => {
      if (!ledger.reserved.has(held)) return;
      ledger.calls += 1;
      ledger.usd += usd ?? 0;
      ledger.tokens += tokens;
      release();
    };
    return { settle, release };
  }

  #share({ calls, usd, tokens }: Ledger, most: Spending): Spending {
    return calls === 0 ? { ...most } : { usd: usd / calls, tokens: tokens / calls };
  }

  #fits(ledger: Ledger, share: Spending): boolean {
    if (ledger.reserved.size === 0) return true;
    const limits = this.#limits(ledger);
    let [usd, tokens] = [ledger.usd + (share.usd ?? 0), ledger.tokens + share.tokens];
    for (const held of ledger.reserved) {
      usd += held.usd ?? 0;
      tokens += held.tokens;
    }
    return usd <= limits.usd && tokens <= limits.tokens;
  }

  #admit(ledger: Ledger): void {
    const limits = this.#limits(ledger);
    if (ledger.usd >= limits.usd) throw usedUp('usd', ledger.usd, limits.usd);
    if (ledger.tokens >= limits.tokens) throw usedUp('tokens', ledger.tokens, limits.tokens);
  }

  #limits({ own }: Ledger): { readonly usd: number; readonly tokens: number } {
    const { runUsd, runTokens } = this.#settings.current;
    return { usd: (own ?? runUsd) || Infinity, tokens: runTokens || Infinity };
  }
}

function newLedger(usd: number, tokens: number): Ledger {
  return { own: null, usd, tokens, calls: 0, reserved: new Set(), waiting: new Set() };
}

function wake({ waiting }: Ledger): void {
  for (const heard of waiting) heard();
}

/** Cents from a dollar on; below, as exact as budgets are set. */
function dollars(usd: number): string {
  return usd >= 1 ? formatUsd(usd) : `$${Number(usd.toFixed(4))}`;
}

function usedUp(unit: 'usd' | 'tokens', spent: number, limit: number): OmegaError {
  const text =
    unit === 'usd'
      ? `${dollars(spent)} of its budget of ${dollars(limit)}`
      : `${Math.round(spent)} tokens of its budget of ${limit}`;
  return new OmegaError(
    'REFUSED',
    `The run has spent ${text}. Raise the budget and resume it, or take the files that it made.`,
    { details: { budget: { unit, spent, limit } } },
  );
}
