import { randomUUID } from 'node:crypto';

/** Access tokens that were issued, each with its end. */
export class Tokens {
  readonly #endsAt = new Map<string, number>();
  /** How many were issued so far. */
  issued = 0;

  /** A token that lives `seconds`. */
  issue(seconds: number): string {
    const token = `token-${randomUUID()}`;
    this.#endsAt.set(token, performance.now() + seconds * 1_000);
    this.issued += 1;
    return token;
  }

  /** Whether a token was issued here and has not ended. */
  holds(token: string): boolean {
    return performance.now() < (this.#endsAt.get(token) ?? 0);
  }

  /** Ends every token at once. */
  revoke(): void {
    this.#endsAt.clear();
  }
}
