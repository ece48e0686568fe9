import type { CycleOutput, LoopAction } from '#shared/loops.ts';
import type { WatchedChange } from './adaptive-ports.ts';

/** What is said of changes that were measured again, and of those that were taken back for it. */
export function watchedOutput(
  changes: readonly WatchedChange[],
  id: () => string,
): Pick<CycleOutput, 'insights' | 'actions'> {
  const worse = changes.filter(({ isRolledBack }) => isRolledBack);
  const actions: readonly LoopAction[] = worse.map((change) => ({
    id: id(),
    kind: 'rollback',
    description: sentence(change),
    parameters: { ...change },
    state: 'done',
  }));
  return { insights: worse.map(sentence), actions: [...actions] };
}

function sentence({ domain, unit, applied, before }: WatchedChange): string {
  return `What was applied to ${domain} gives ${plain(applied)} ${unit} now, and what was before it ${plain(before)}; it was taken back.`;
}

function plain(value: number): string {
  return String(Number(value.toPrecision(3)));
}
