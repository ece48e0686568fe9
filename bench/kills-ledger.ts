/** What a writer tells; `seed` is the number that its text and its vector follow from. */
export type Told =
  | { readonly what: 'memory' | 'vector' | 'episode'; readonly id: string; readonly seed: number }
  | { readonly what: 'updated'; readonly id: string; readonly turn: number }
  | { readonly what: 'deleting' | 'deleted'; readonly id: string };

/** A memory as the writer left it: `turn` is of the last update that was answered. */
export type KeptMemory = { readonly seed: number; readonly turn: number | null };

/** What was acknowledged, and so must be there whatever was killed since. */
export class Ledger {
  readonly memories = new Map<string, KeptMemory>();
  readonly vectors = new Map<string, number>();
  readonly episodes = new Map<string, number>();
  /** Memories whose deletion was answered. */
  readonly deleted = new Set<string>();
  #acknowledged = 0;

  /** Writes that were answered. */
  get acknowledged(): number {
    return this.#acknowledged;
  }

  /** Takes in what a writer printed before it was killed; its last line may have been cut off. */
  read(output: string): void {
    for (const line of output.split('\n').slice(0, -1)) {
      if (line.startsWith('{')) this.#note(JSON.parse(line) as Told);
    }
  }

  #note(told: Told): void {
    if (told.what !== 'deleting') this.#acknowledged += 1;
    switch (told.what) {
      case 'memory':
        this.memories.set(told.id, { seed: told.seed, turn: null });
        break;
      case 'updated': {
        const kept = this.memories.get(told.id);
        if (kept) this.memories.set(told.id, { ...kept, turn: told.turn });
        break;
      }
      case 'deleting':
        // From here to the answer it may be there or not.
        this.memories.delete(told.id);
        break;
      case 'deleted':
        this.deleted.add(told.id);
        break;
      case 'vector':
        this.vectors.set(told.id, told.seed);
        break;
      case 'episode':
        this.episodes.set(told.id, told.seed);
        break;
    }
  }
}
