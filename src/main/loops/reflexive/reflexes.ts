import type { AsyncResource } from '#main/core/disposable.ts';
import type { GateStrain } from '#main/providers/gate/call-gate.ts';

/** How often what the gate decided becomes a cycle, in ms, where it decided anything. */
const periodMs = 60_000;
/** Strains of this time go together, in ms. */
const gatherMs = 200;

/** What {@link Reflexes} stand on. */
export type ReflexesOptions = {
  /** Decisions of the gate that no cycle has told yet. */
  readonly waiting: () => number;
  /** Has a cycle tell of them. */
  readonly account: () => void;
  /** Bounds alone hold limits. */
  readonly strained: (strains: readonly GateStrain[]) => void;
};

/** Sets cycles of the reflexive loop going: one for a minute's decisions, and at once for strains. */
export class Reflexes implements AsyncResource {
  readonly #options: ReflexesOptions;
  readonly #timer: NodeJS.Timeout;
  readonly #strains = new Map<string, GateStrain>();
  #gathering: NodeJS.Timeout | null = null;

  constructor(options: ReflexesOptions) {
    this.#options = options;
    this.#timer = setInterval(() => {
      if (options.waiting() > 0) options.account();
    }, periodMs).unref();
  }

  /** A bound alone holds a limit. */
  strain(strain: GateStrain): void {
    this.#strains.set(`${strain.provider} ${strain.side}`, strain);
    this.#gathering ??= setTimeout(() => {
      this.#gathering = null;
      const strains = [...this.#strains.values()];
      this.#strains.clear();
      this.#options.strained(strains);
    }, gatherMs).unref();
  }

  dispose(): void {
    clearInterval(this.#timer);
    if (this.#gathering) clearTimeout(this.#gathering);
  }
}
