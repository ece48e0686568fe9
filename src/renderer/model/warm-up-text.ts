import type { WarmUpProgress } from '#shared/warm-up.ts';

/** What the sidebar says about the warm-up: a line, and more for who asks. */
export type WarmUpText = { readonly line: string; readonly detail: string };

const later = 'Only the first call waits until it is open.';

/** The warm-up in words. */
export function warmUpText({ step, done, total, state, reason }: WarmUpProgress): WarmUpText {
  switch (state) {
    case 'waiting':
      return { line: 'Warm-up begins soon', detail: 'The window opens first.' };
    case 'running':
      return {
        line: `Warming up: ${step} (${done + 1} of ${total})`,
        detail: 'Opens in advance what first calls need. You need not wait for it.',
      };
    case 'done':
      return {
        line: 'Warmed up',
        detail: 'Threads, device and model are open: first calls are as fast as later ones.',
      };
    case 'skipped':
      return { line: `Warm-up skipped (${done} of ${total})`, detail: `${reason} ${later}` };
    case 'failed':
      return { line: `Warm-up failed (${done} of ${total})`, detail: `${reason}` };
  }
}
