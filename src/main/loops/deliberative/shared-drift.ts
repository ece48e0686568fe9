import type { Connection } from '../engine/loop.ts';
import { type ProjectState, statesOf } from './project-states.ts';

/** Projects in which the same has to drift before it is more than a matter of each. */
const least = 3;

/**
 * The same drift in several projects is no oversight of one: it goes up to the transformative loop,
 * once for each time that it becomes so.
 */
export const sharedDrift: Connection = {
  from: 'deliberative',
  to: 'transformative',
  how: 'escalation',
  input: (cycle, history) => {
    const before = history.find(({ id, state }) => id !== cycle.id && state === 'succeeded');
    const known = new Set(before ? [...shared(statesOf(before)).keys()] : []);
    const fresh = [...shared(statesOf(cycle))].filter(([what]) => !known.has(what));
    if (fresh.length === 0) return null;
    const drifts = fresh.map(([what, roots]) => {
      const [about = '', kind = ''] = what.split(' ');
      return { about, kind, roots: [...roots].slice(0, 50) };
    });
    const context = drifts
      .map(({ about, kind, roots }) => `${kind} lacks a ${about} in ${roots.length} projects.`)
      .join(' ');
    return { data: { drifts }, context: context.slice(0, 2_000), objectives: [] };
  },
};

function shared(states: readonly ProjectState[]): ReadonlyMap<string, readonly string[]> {
  const roots = new Map<string, string[]>();
  for (const { root, drifted } of states) {
    for (const what of drifted) roots.set(what, [...(roots.get(what) ?? []), root]);
  }
  return new Map([...roots].filter(([, some]) => some.length >= least));
}
