import type { Mapping } from '../validation/plain.ts';

type Labelled<T> = { readonly item: T; readonly labels: Mapping };

/** Things by their labels, so that a selector looks only at those that have its rarest label. */
export class LabelIndex<T> {
  readonly #byLabel = new Map<string, Labelled<T>[]>();
  readonly size: number;

  constructor(all: readonly Labelled<T>[]) {
    this.size = all.length;
    for (const one of all) {
      for (const [key, value] of Object.entries(one.labels)) {
        const label = `${key}\n${String(value)}`;
        const held = this.#byLabel.get(label);
        if (held) held.push(one);
        else this.#byLabel.set(label, [one]);
      }
    }
  }

  /** What has all of these labels. */
  find(wanted: Mapping): readonly T[] {
    const entries = Object.entries(wanted);
    const lists = entries.map(
      ([key, value]) => this.#byLabel.get(`${key}\n${String(value)}`) ?? [],
    );
    const [rarest = []] = lists.sort((a, b) => a.length - b.length);
    return rarest
      .filter(({ labels }) => entries.every(([key, value]) => labels[key] === value))
      .map(({ item }) => item);
  }
}
