import type { LoopCycle } from '#shared/loops.ts';
import type { Connection } from '../engine/loop.ts';

/** Files that were made before a policy may not follow it: the projects are compared with theirs again. */
export const policiesToDeliberative: Connection = {
  from: 'transformative',
  to: 'deliberative',
  how: 'feedback',
  input: ({ output }: LoopCycle) => {
    const made = (output?.actions ?? []).filter(
      ({ kind, state }) => kind === 'policy' && state === 'done',
    );
    if (made.length === 0) return null;
    const policies = made.slice(0, 50).map(({ parameters: { memory = null, kind = null } }) => {
      return { id: memory, kind };
    });
    const context = `${made.length} policies were made or switched; files may not follow them yet.`;
    return { data: { policies }, context, objectives: [] };
  },
};
