import { totalmem } from 'node:os';
import { steadyNow } from '#main/core/clock.ts';
import { isOnBattery } from './power.ts';

/** For how long an answer of the system holds, in ms: asking costs a process on some. */
const freshMs = 60_000;

/** What is known of the machine that work runs on. */
export type MachinePower = {
  /** Null where it cannot be told. */
  readonly onBattery: boolean | null;
  /** Memory that this process may have at most, in MB: the machine's, or what a container gives it. */
  readonly memoryMb: number;
};

/** Asks the system, anew after a minute. */
export class Machine {
  #asked: { readonly at: number; readonly power: Promise<MachinePower> } | null = null;

  power(): Promise<MachinePower> {
    const now = steadyNow();
    if (this.#asked === null || now - this.#asked.at > freshMs) {
      const power = isOnBattery().then((onBattery) => ({ onBattery, memoryMb: memoryMb() }));
      this.#asked = { at: now, power };
    }
    return this.#asked.power;
  }
}

/** Why long work is too much for a machine, as a sentence; null where it is not. */
export function weaknessOf({ onBattery, memoryMb }: MachinePower, littleMb: number): string | null {
  if (onBattery === true) return 'The machine runs on battery.';
  if (memoryMb >= littleMb) return null;
  return `The machine has ${Math.round(memoryMb)} MB of memory, less than ${littleMb}.`;
}

function memoryMb(): number {
  // 0 where the system has no such bound, and a number beyond the machine's own where it has none set.
  const bound = process.constrainedMemory();
  const total = totalmem();
  return (bound > 0 ? Math.min(bound, total) : total) / 1e6;
}
