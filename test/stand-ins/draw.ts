/**
 * A number from 0 up to 1 for the n-th time that a text is seen: FNV-1a over seed, text and count,
 * then the finalizer of MurmurHash3. It hangs on what is asked and not on the order of arrival, so
 * that a run with many requests at once can be repeated.
 */
export function draw(seed: number, text: string, count: number): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  hash = Math.imul(hash ^ count, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

/** Counts how often each text was seen. */
export class Sightings {
  readonly #counts = new Map<string, number>();

  /** How often it was seen before. */
  see(text: string): number {
    const before = this.#counts.get(text) ?? 0;
    this.#counts.set(text, before + 1);
    return before;
  }
}
