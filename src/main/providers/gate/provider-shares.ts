import type { ModelProvider } from '#shared/providers.ts';

/**
 * Of the calls that more than one provider may answer, the share that asks a provider at the place
 * that the user gave it; the others ask it last. So one that fails often is still tried, and its
 * return is seen.
 */
export class ProviderShares {
  readonly #shares = new Map<ModelProvider, number>();
  /** What of a share is not used up yet: at 1 it is the provider's turn. */
  readonly #credit = new Map<ModelProvider, number>();

  of(provider: ModelProvider): number {
    return this.#shares.get(provider) ?? 1;
  }

  /** Sets a share, 0 to 1. */
  set(provider: ModelProvider, share: number): void {
    this.#shares.set(provider, Math.min(1, Math.max(0, share)));
    this.#credit.delete(provider);
  }

  /** The order in which a call asks: as given, but for those whose turn it is not. */
  order(given: readonly ModelProvider[]): readonly ModelProvider[] {
    if (this.#shares.size === 0 || given.length < 2) return given;
    const late = given.filter((provider) => !this.#isItsTurn(provider));
    return late.length === 0 || late.length === given.length
      ? given
      : [...given.filter((provider) => !late.includes(provider)), ...late];
  }

  #isItsTurn(provider: ModelProvider): boolean {
    const share = this.of(provider);
    if (share >= 1) return true;
    const credit = (this.#credit.get(provider) ?? 0) + share;
    const isDue = credit >= 1 - 1e-9;
    this.#credit.set(provider, isDue ? credit - 1 : credit);
    return isDue;
  }
}
