import type { Page } from '@playwright/test';
import { busyMs, durations, percentileOf } from '../../stand-ins/log-figures.ts';
import type { LogEntry } from '../../stand-ins/request-log.ts';

/** What the strip showed at a moment in ms since 1970. */
export type Reading = {
  readonly at: number;
  readonly strip: Readonly<Record<string, number>>;
  /** Why it is slow, as the strip says. */
  readonly slow: string;
};

/** Reads every figure of the strip at one moment. */
export function readStrip(page: Page): Promise<Reading> {
  return page.evaluate(() => {
    const all = [...document.querySelectorAll<HTMLElement>('[data-figure]')];
    const strip = all.map(({ dataset }) => [dataset.figure ?? '', Number(dataset.value)]);
    return {
      at: performance.timeOrigin + performance.now(),
      strip: Object.fromEntries(strip) as Record<string, number>,
      slow: document.querySelector<HTMLElement>('[data-slow]')?.dataset.slow ?? '',
    };
  });
}

/** What a test knows beside the server's log. */
export type Known = {
  /** US dollars a million tokens of the model. */
  readonly price: { readonly input: number; readonly output: number };
  /** Jobs of the run, of which no two ask the same, and of those before it. */
  readonly jobs: number;
  readonly before: number;
  /** Calls at once that the settings allow. */
  readonly limit: number;
  /** The strip before the run began. */
  readonly start: Reading;
};

/** Over which rates and reasons are taken, in ms. */
const recentMs = 10_000;

/**
 * The strip at a moment, recomputed from the server's log alone. It must be a moment at which
 * nothing changes: the answers are held, and whoever was refused has asked again. While jobs wait,
 * what is at the server then is what the app allows.
 */
export function figuresAt(log: readonly LogEntry[], at: number, known: Known) {
  const { price, limit, start } = known;
  const begun = log.filter(({ beganAt }) => beganAt <= at);
  const over = begun.filter(({ endedAt }) => endedAt !== null && endedAt <= at);
  const answered = over.filter(({ outcome }) => outcome === 'answered');
  const refused = over.filter(({ status }) => status === 429);
  const recent = (all: readonly LogEntry[]) =>
    all.filter(({ endedAt }) => (endedAt ?? 0) > at - recentMs).length;
  const sum = (of: (entry: LogEntry) => number) => answered.reduce((all, one) => all + of(one), 0);
  const [inputTokens, outputTokens] = [
    sum((one) => one.inputTokens),
    sum((one) => one.outputTokens),
  ];
  const times = durations(answered);
  const inFlight = begun.length - over.length;

  const ofRun = begun.filter(({ beganAt }) => beganAt > start.at);
  const prompts = (all: readonly LogEntry[]) => new Set(all.map(({ request }) => request?.prompt));
  const before = prompts(begun.filter((one) => !ofRun.includes(one)));
  const done = answered.filter((one) => ofRun.includes(one)).length;
  const queued = known.jobs - done - inFlight;
  const upToNow = ofRun.map((one) => ({ ...one, endedAt: Math.min(one.endedAt ?? at, at) }));
  const syncMs = durations(upToNow).reduce((all, ms) => all + ms, 0);
  const allowed = queued > 0 ? inFlight : limit;
  const slow = [
    ...(recent(refused) > 0 ? ['rate-limited'] : []),
    ...(queued > 0 && inFlight >= allowed ? ['limit'] : []),
  ];
  return {
    slow: slow.join(' '),
    counts: {
      ...{ inFlight, queued, allowed, limit },
      cacheHits: known.before - before.size,
      // As many jobs as may be under way have asked, whether or not their calls have their turn.
      cacheMisses: before.size + done + Math.min(limit, known.jobs - done),
    },
    amounts: {
      perSecond: recent(answered) / (recentMs / 1_000),
      p50Ms: percentileOf(times, 0.5) ?? 0,
      p95Ms: percentileOf(times, 0.95) ?? 0,
      p99Ms: percentileOf(times, 0.99) ?? 0,
      inputTokens,
      outputTokens,
      costUsd: (inputTokens * price.input + outputTokens * price.output) / 1e6,
      syncMs: (start.strip.syncMs ?? 0) + syncMs,
      savedMs: (start.strip.savedMs ?? 0) + syncMs - busyMs(upToNow),
    },
  };
}
