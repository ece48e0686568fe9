import { onTestFinished } from 'vitest';
import { namedAnswers } from '#test/stand-ins/answers/named.ts';
import type { Answer } from '#test/stand-ins/behaviour.ts';

/** Good answers that come when the test says so: what is at the server meanwhile can be counted. */
export function heldAnswers() {
  const held: (() => void)[] = [];
  let free = 0;
  let isOpen = false;
  const turn = async (): Promise<void> => {
    if (isOpen) return;
    if (free > 0) {
      free -= 1;
      return;
    }
    await new Promise<void>((resolve) => held.push(resolve));
  };
  /** Lets so many answers come, those that are asked for already first. */
  const release = (count: number): void => {
    const now = held.splice(0, count);
    free += count - now.length;
    for (const one of now) one();
  };
  /** Forgets those that are held, as nobody waits for them any more. */
  const forget = (): void => {
    for (const one of held.splice(0)) one();
  };
  /** Holds none any more. */
  const open = (): void => {
    isOpen = true;
    release(held.length);
  };
  onTestFinished(open);
  const answer: Answer = async function* (request) {
    await turn();
    yield namedAnswers.valid(request) as string;
  };
  return { answer, release, forget, open };
}
