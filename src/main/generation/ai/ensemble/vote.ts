import type { Service } from '#shared/scan.ts';
import type { Attempt } from '../attempt.ts';
import { type FileFact, factsOfFile, factsOfService } from './file-facts.ts';

/**
 * How many facts of each attempt the majority shares: port, start command and the language of the base
 * image, where each attempt has a vote and the scan one. Of values with as many votes the scan's holds;
 * where it has none of them, no value does.
 */
export function agreement(
  attempts: readonly Attempt[],
  service: Service | null,
): readonly number[] {
  const scanned = service ? factsOfService(service) : new Map<FileFact, string>();
  const facts = attempts.map(({ files }) => {
    const main = files[0]?.artifact;
    return main ? factsOfFile(main.kind, main.content) : new Map<FileFact, string>();
  });
  const chosen = new Map<FileFact, string>();
  for (const fact of ['port', 'start', 'image'] as const) {
    const votes = new Map<string, number>();
    for (const held of [scanned, ...facts]) {
      const value = held.get(fact);
      if (value !== undefined) votes.set(value, (votes.get(value) ?? 0) + 1);
    }
    const most = Math.max(0, ...votes.values());
    const leaders = [...votes].filter(([, count]) => count === most).map(([value]) => value);
    const own = scanned.get(fact);
    const single = leaders.length === 1 ? leaders[0] : undefined;
    const winner = own !== undefined && leaders.includes(own) ? own : single;
    if (winner !== undefined) chosen.set(fact, winner);
  }
  return facts.map(
    (held) => [...chosen].filter(([fact, value]) => held.get(fact) === value).length,
  );
}
