import type { Page } from '@playwright/test';
import { percentileOf } from '../../stand-ins/log-figures.ts';
import type { LogEntry } from '../../stand-ins/request-log.ts';

/** What the strip showed at a moment in ms since 1970, and what the app told round about it. */
export type Reading = {
  readonly at: number;
  readonly strip: Readonly<Record<string, number>>;
  readonly slow: string;
  /** Figures that came within {@link lagMs} before and after, oldest first. */
  readonly told: readonly Readonly<Record<string, unknown>>[];
};

/** How far the strip may be behind, in ms, while four processes share two processors. */
export const lagMs = 2_000;

type Told = { readonly at: number; readonly figures: Readonly<Record<string, unknown>> };
type Listening = { told?: Told[] };

/** Opens a connection of its own in the page that notes all figures as the app tells them. */
export async function listenToFigures(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const told: Told[] = [];
    (globalThis as Listening).told = told;
    const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/ws`);
    socket.onmessage = ({ data }) => {
      const { events = [] } = JSON.parse(String(data)) as {
        events?: { type: string; figures: Told['figures'] }[];
      };
      const at = performance.timeOrigin + performance.now();
      for (const { type, figures } of events) {
        if (type === 'calls.changed') told.push({ at, figures });
      }
    };
    await new Promise((resolve) => {
      socket.onopen = resolve;
    });
  });
}

/** Reads every figure of the strip at one moment. */
export async function readStrip(page: Page): Promise<Reading> {
  const { at, ...shown } = await page.evaluate(() => {
    const all = [...document.querySelectorAll<HTMLElement>('[data-figure]')];
    const strip = all.map(({ dataset }) => [dataset.figure ?? '', Number(dataset.value)]);
    return {
      at: performance.timeOrigin + performance.now(),
      strip: Object.fromEntries(strip) as Record<string, number>,
      slow: document.querySelector<HTMLElement>('[data-slow]')?.dataset.slow ?? '',
    };
  });
  // The other connection may hear of the same figures a little later.
  await page.waitForTimeout(lagMs);
  const told = await page.evaluate((since) => {
    const all = (globalThis as Listening).told ?? [];
    const first = all.findLastIndex((one) => one.at < since);
    return all.slice(Math.max(0, first)).map(({ figures }) => figures);
  }, at - lagMs);
  return { at, ...shown, told };
}

/** US dollars a million tokens of a model. */
export type Price = { readonly input: number; readonly output: number };

/** The figures at a moment, recomputed from the server's log. */
export function figuresAt(log: readonly LogEntry[], at: number, price: Price) {
  const answered = log.filter(
    ({ outcome, endedAt }) => outcome === 'answered' && endedAt !== null && endedAt <= at,
  );
  const times = answered.map(({ beganAt, endedAt }) => (endedAt ?? 0) - beganAt);
  const sum = (of: 'inputTokens' | 'outputTokens') =>
    answered.reduce((total, entry) => total + entry[of], 0);
  const [inputTokens, outputTokens] = [sum('inputTokens'), sum('outputTokens')];
  return {
    inFlight: log.filter(({ beganAt, endedAt }) => beganAt <= at && (endedAt ?? Infinity) > at)
      .length,
    calls: answered.length,
    perSecond: answered.filter(({ endedAt }) => (endedAt ?? 0) > at - 10_000).length / 10,
    p50Ms: percentileOf(times, 0.5) ?? 0,
    p95Ms: percentileOf(times, 0.95) ?? 0,
    p99Ms: percentileOf(times, 0.99) ?? 0,
    inputTokens,
    outputTokens,
    costUsd: (inputTokens * price.input + outputTokens * price.output) / 1e6,
    rateLimited: log.filter(({ status, endedAt }) => status === 429 && (endedAt ?? 0) <= at).length,
    /** Requests that were looked up and not found: each that came at all, once. */
    cacheMisses: new Set(
      log.filter(({ beganAt }) => beganAt <= at).map(({ request }) => request?.prompt),
    ).size,
  };
}

/** The least and the most that each figure was between two moments, by the log. */
export function rangeOf(log: readonly LogEntry[], from: number, to: number, price: Price) {
  const moments = [from, to];
  for (const { beganAt, endedAt } of log) {
    for (const at of [beganAt, endedAt ?? 0]) if (at > from && at < to) moments.push(at, at - 0.01);
  }
  const all = moments.map((at) => figuresAt(log, at, price));
  const names = Object.keys(all[0] ?? {}) as (keyof ReturnType<typeof figuresAt>)[];
  return names.map((name) => {
    const values = all.map((one) => one[name]);
    return { name, least: Math.min(...values), most: Math.max(...values) };
  });
}
