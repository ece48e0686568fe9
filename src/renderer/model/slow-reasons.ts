import type { CallFigures, SlowReason } from '#shared/calls.ts';
import type { ConfigChange } from '#shared/config.ts';
import { formatDuration, plural } from './format.ts';

/** Why it is slow and what to do, in words; `fix` does it where a setting can. */
export type SlowAdvice = {
  readonly reason: SlowReason;
  readonly what: string;
  readonly todo: string;
  readonly fix: { readonly label: string; readonly change: ConfigChange } | null;
};

const most = 32;

/** The advice for each reason that the figures give, in their order; none of it undoes another. */
export function slowAdvice(figures: CallFigures): readonly SlowAdvice[] {
  const { slow, allowed, limit } = figures;
  const isRefused = slow.includes('rate-limited');
  return slow
    .filter((reason) => !(reason === 'limit' && isRefused && allowed >= limit))
    .map((reason) => ({ reason, ...advice(reason, figures) }));
}

function advice(reason: SlowReason, figures: CallFigures): Omit<SlowAdvice, 'reason'> {
  const { mode, allowed, limit, queued, p95Ms, rateLimited } = figures;
  switch (reason) {
    case 'cache-off':
      return {
        what: 'The cache is off',
        todo: 'turn it on',
        fix: { label: 'Turn on', change: { 'cache.enabled': true } },
      };
    case 'rate-limited':
      return {
        what: `Too many requests (${rateLimited} × 429 so far)`,
        todo: limit > 1 ? 'lower the slider' : 'each is asked again once the provider allows it',
        fix: limit > 1 ? concurrency(Math.max(1, Math.min(allowed, limit - 1))) : null,
      };
    case 'latency':
      return {
        what: `Slow answers${p95Ms === null ? '' : ` (p95 ${formatDuration(p95Ms)})`}`,
        todo: 'choose a smaller model or fewer tokens',
        fix: null,
      };
    case 'limit':
      if (allowed < limit) {
        return {
          what: `${plural(queued, 'job waits', 'jobs wait')}, the provider bears ${allowed} of ${limit}`,
          todo: 'add a fallback',
          fix: null,
        };
      }
      if (mode === 'sync') {
        return {
          what: `${plural(queued, 'job waits', 'jobs wait')}, one after the other`,
          todo: 'turn Async on',
          fix: { label: 'Turn on', change: { 'async.enabled': true } },
        };
      }
      return {
        what: `${plural(queued, 'job waits', 'jobs wait')}, ${limit} at once ${limit === 1 ? 'is' : 'are'} allowed`,
        todo: 'raise the slider',
        fix: limit < most ? concurrency(Math.min(most, limit < 5 ? 5 : limit * 2)) : null,
      };
    case 'breaker':
      return {
        what: 'A provider rests after failures',
        todo: 'test its connection or add a fallback',
        fix: null,
      };
  }
}

function concurrency(to: number): NonNullable<SlowAdvice['fix']> {
  return { label: `Set to ${to}`, change: { 'async.concurrency': to } };
}
