import { OmegaError } from '#shared/error.ts';
import type { Subsystem } from './subsystem.ts';

/**
 * The subsystems so that each comes after those that it needs (depth-first topological order; else
 * as given). Throws `INTERNAL` for one that needs itself, in a circle, or one that is not there.
 */
export function startOrder(subsystems: readonly Subsystem[]): readonly Subsystem[] {
  const byName = new Map(subsystems.map((subsystem) => [subsystem.name, subsystem]));
  const order: Subsystem[] = [];
  const visit = (subsystem: Subsystem, path: readonly string[]): void => {
    if (order.includes(subsystem)) return;
    const way = [...path, subsystem.name];
    if (path.includes(subsystem.name)) {
      throw new OmegaError('INTERNAL', `Subsystems need each other: ${way.join(' → ')}.`);
    }
    for (const name of subsystem.needs) {
      const needed = byName.get(name);
      if (needed === undefined) {
        throw new OmegaError('INTERNAL', `${subsystem.name} needs ${name}, which is not there.`);
      }
      visit(needed, way);
    }
    order.push(subsystem);
  };
  for (const subsystem of subsystems) visit(subsystem, []);
  return order;
}
