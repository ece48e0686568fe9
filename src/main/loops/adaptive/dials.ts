import { z } from 'zod';
import { noBounds } from '#main/providers/gate/adaptive-limit.ts';
import { OmegaError } from '#shared/error.ts';
import { modelProviders } from '#shared/providers.ts';
import type { AdaptivePorts } from './adaptive-ports.ts';

const limit = z.object({ min: z.int().min(1), max: z.int().min(1) }).nullable();
const dial = z.discriminatedUnion('of', [
  z.object({ of: z.literal('limit'), provider: z.enum(modelProviders), value: limit }),
  z.object({ of: z.literal('share'), provider: z.enum(modelProviders), value: z.number() }),
  z.object({ of: z.literal('batch'), provider: z.null(), value: z.int().min(1).nullable() }),
]);
const keptSchema = z.array(dial).max(100);

/** One thing that the loop moves, at a value; null is as the settings have it. */
export type Dial = z.infer<typeof dial>;
/** Which one it is. */
export type DialName = Pick<Dial, 'of' | 'provider'>;

/**
 * The bounds that the loop has moved: set where they hold, kept between starts, and never beyond what
 * the user has set, as whoever keeps to them takes the lesser of the two.
 */
export class Dials {
  readonly #ports: AdaptivePorts;
  readonly #moved = new Map<string, Dial>();

  constructor(ports: AdaptivePorts) {
    this.#ports = ports;
    for (const one of readKept(ports.kept.get())) this.#moved.set(nameOf(one), one);
  }

  /** Sets what was moved before, or takes all of it out of force; what is kept stays. */
  apply(isOn: boolean): void {
    for (const one of this.#moved.values()) this.#set(isOn ? one : asSet(one));
  }

  /** Sets what was moved of the micro-batches, which may have been opened since. */
  applyBatches(): void {
    const one = this.#moved.get('batch');
    if (one) this.#set(one);
  }

  /** Where one stands. */
  at(name: DialName): Dial['value'] {
    return (this.#moved.get(nameOf(name)) ?? asSet(name)).value;
  }

  move(to: Dial): void {
    this.#set(to);
    if (JSON.stringify(to.value) === JSON.stringify(asSet(to).value)) {
      this.#moved.delete(nameOf(to));
    } else {
      this.#moved.set(nameOf(to), to);
    }
    this.#ports.kept.set(JSON.stringify([...this.#moved.values()]));
  }

  /** Takes a move back. Throws `CONFLICT` where it was moved on since. */
  takeBack(parameters: unknown): void {
    const { before, after } = z.object({ before: dial, after: dial }).parse(parameters);
    if (JSON.stringify(this.at(after)) !== JSON.stringify(after.value)) {
      const message = `${nameOf(after)} was moved again since; take that back instead.`;
      throw new OmegaError('CONFLICT', message);
    }
    this.move(before);
  }

  #set(one: Dial): void {
    const { gate, batches } = this.#ports;
    if (one.of === 'limit') gate.setBounds(one.provider, one.value ?? noBounds);
    else if (one.of === 'share') gate.setShare(one.provider, one.value);
    else batches()?.setBound(one.value);
  }
}

/** What a person reads it by: `limit:openai`. */
export function nameOf({ of, provider }: DialName): string {
  return provider === null ? of : `${of}:${provider}`;
}

/** How it stands where nothing has moved it. */
function asSet({ of, provider }: DialName): Dial {
  if (of === 'batch' || provider === null) return { of: 'batch', provider: null, value: null };
  return of === 'share' ? { of, provider, value: 1 } : { of: 'limit', provider, value: null };
}

/** What cannot be read is as if nothing had been moved. */
function readKept(text: string | null): readonly Dial[] {
  try {
    return keptSchema.parse(JSON.parse(text ?? '[]'));
  } catch {
    return [];
  }
}
