import type { Acceleration } from '#main/acceleration/acceleration.ts';
import { accelerationSteps } from '#main/acceleration/warm-up/steps.ts';
import { WarmUp } from '#main/acceleration/warm-up/warm-up.ts';
import { median, rounded, timed } from './statistics.ts';

/** What the first call after a warm-up takes. */
export type WarmUpFigures = {
  readonly warmUpMs: number;
  readonly firstAfterWarmUpMs: number;
  /** Median of the same call, made twenty times after the first. */
  readonly steadyMs: number;
  /** Median over several starts of first call over steady. */
  readonly firstAfterWarmUpRatio: number;
};

const text = 'The billing service listens on port 8080 in production.';

/** Opens the app anew several times, warms it up as the app does, and embeds one text again and again. */
export async function measureWarmUp(
  open: () => Acceleration,
  short: boolean,
): Promise<WarmUpFigures> {
  const starts: { warmUp: number; first: number; steady: number }[] = [];
  for (let start = 0; start < (short ? 1 : 7); start += 1) {
    const app = open();
    const steps = accelerationSteps(() => app);
    const warmUp = new WarmUp({ steps, onProgress: () => undefined });
    try {
      const warmUpMs = await timed(() => warmUp.run());
      const { state, reason } = warmUp.progress;
      if (state !== 'done') throw new Error(`The warm-up is ${state}: ${reason}`);
      const call = () => timed(() => app.embedText(text));
      const first = await call();
      const later: number[] = [];
      while (later.length < 20) later.push(await call());
      starts.push({ warmUp: warmUpMs, first, steady: median(later) });
    } finally {
      await app.dispose();
    }
  }
  return {
    warmUpMs: rounded(median(starts.map(({ warmUp }) => warmUp)), 0),
    firstAfterWarmUpMs: rounded(median(starts.map(({ first }) => first))),
    steadyMs: rounded(median(starts.map(({ steady }) => steady))),
    firstAfterWarmUpRatio: rounded(median(starts.map(({ first, steady }) => first / steady))),
  };
}
